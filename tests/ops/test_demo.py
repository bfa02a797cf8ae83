"""What the demonstration shows: every state, every queue with something overdue, accounts that sign in."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Count, F, Q
from django.test import Client

from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.clock import local_date, now
from rembuk.engagement.actions.recount import find_drift
from rembuk.engagement.models import Case, Comment, Figures, Follow, Report, Vote
from rembuk.notifications.models import Delivery, DeliveryState
from rembuk.ops.demo import loading
from rembuk.ops.demo.cast import PASSWORD
from rembuk.programs.models import Document, Phase, Program, Update
from rembuk.programs.states import PhaseState
from rembuk.programs.states import State as ProgramState
from rembuk.proposals.models import Attachment, Decision, Disposition, Objection, Proposal, StageEntry
from rembuk.proposals.selectors import overdue
from rembuk.proposals.states import State
from rembuk.regions.models import Region
from rembuk.taxonomy.models import Category
from rembuk.workunits.models import WorkUnit

pytestmark = pytest.mark.usefixtures("demo")


def test_everybody_was_last_here_with_the_latest_deed() -> None:
    assert not Person.objects.filter(last_active_on=None).exists()
    for person in (Person.objects.order_by("pk")[3], Person.objects.order_by("-pk")[3]):
        last = AuditEntry.objects.filter(actor_person_id=person.pk).order_by("-at")[0].at
        assert person.last_login == last
        assert person.last_active_on == local_date(last)


def test_demo_has_proposals_in_every_state() -> None:
    counts = dict(Proposal.objects.values_list("state").annotate(count=Count("pk")))
    assert set(counts) == set(State.values)
    assert sum(counts.values()) >= 60


def test_demo_has_programmes_in_every_state_and_phases_in_every_state() -> None:
    assert set(Program.objects.values_list("state", flat=True)) == set(ProgramState.values)
    assert set(Phase.objects.values_list("state", flat=True)) == set(PhaseState.values)
    leading = Phase.objects.filter(is_leading=True, program__state=ProgramState.PUBLISHED)
    assert set(leading.values_list("position", flat=True)) == {1, 2, 3}


def test_demo_has_a_programme_from_five_proposals_with_pictures_and_both_classes_of_documents() -> None:
    links = Program.objects.annotate(count=Count("links")).values_list("count", flat=True)
    assert 5 in links
    assert Update.objects.filter(pictures__isnull=False).exists()
    assert set(Document.objects.values_list("access_class", flat=True)) == {"open", "excluded"}


def test_demo_has_comments_in_threads_of_citizens_and_offices() -> None:
    states = dict(Comment.objects.values_list("state").annotate(count=Count("pk")))
    assert sum(states.values()) >= 150
    assert states["held"] >= 2
    assert states["hidden"] >= 1
    assert Comment.objects.filter(depth__gt=1).count() >= 20
    assert Comment.objects.filter(office__isnull=False).count() >= 10
    assert Report.objects.filter(closed_at=None).count() >= 3


def test_demo_has_votes_and_follows_that_make_lists_differ() -> None:
    assert Vote.objects.values("voter").distinct().count() >= 100
    assert Figures.objects.values("support").distinct().count() >= 20
    assert Follow.objects.count() >= 100
    assert find_drift() == []


def test_demo_has_units_of_all_kinds_and_categories_in_a_tree() -> None:
    assert set(WorkUnit.objects.values_list("kind", flat=True)) == set(WorkUnit.Kind.values)
    assert WorkUnit.objects.count() >= 12
    assert not WorkUnit.objects.filter(is_active=True, head_title="").exists()
    retired = WorkUnit.objects.select_related("successor").get(is_active=False)
    assert retired.successor is not None
    assert retired.successor.is_active
    assert Category.objects.filter(is_open=True).count() >= 15
    assert Category.objects.filter(parent__isnull=False, is_open=True).count() >= 10
    assert not Category.objects.filter(is_open=True, name=F("name_en")).exists()


# The instansi of the demonstration reads submissions after they are shown: none is held.
@pytest.mark.parametrize("kind", sorted(set(Case.Kind.values) - {Case.Kind.SUBMISSION.value}))
def test_demo_has_an_overdue_case_of_each_kind(kind: str) -> None:
    assert Case.objects.filter(kind=kind, closed_at=None, due_at__lt=now()).exists()


def test_demo_has_an_overdue_disposition_and_an_overdue_answer() -> None:
    open_ones = Disposition.objects.filter(closed_at=None, proposal__state=State.REVIEWING)
    assert open_ones.filter(due_at__lt=now(), is_responsible=True).exists()
    waiting = Proposal.objects.filter(overdue(), state=State.REVIEWING, considered_at__isnull=False)
    assert waiting.exists()


def test_demo_has_the_rarer_things() -> None:
    assert Proposal.objects.filter(is_name_masked=True, published_at__isnull=False).exists()
    assert Proposal.objects.filter(version__gt=1).exists()
    assert Proposal.objects.filter(entered_by__isnull=False, state=State.SUBMITTED).count() >= 2
    assert set(Objection.objects.values_list("kind", flat=True)) == set(Objection.Kind.values)
    assert StageEntry.objects.count() == 3
    in_bulk = Decision.objects.filter(bulk__isnull=False, step="publish")
    assert in_bulk.values("bulk").distinct().count() == 2
    assert set(Attachment.objects.values_list("file__kind", flat=True)) == {"picture", "document"}


def test_demo_lies_in_the_past_only() -> None:
    ahead = {
        "audit": AuditEntry.objects.filter(at__gt=now()).count(),
        "decisions": Decision.objects.filter(at__gt=now()).count(),
        "comments": Comment.objects.filter(created_at__gt=now()).count(),
        "votes": Vote.objects.filter(created_at__gt=now()).count(),
        "people": Person.objects.filter(joined_at__gt=now()).count(),
    }
    assert ahead == dict.fromkeys(ahead, 0)


def test_demo_writes_few_mails() -> None:
    """Those which the worker has sent since, and those which it would send now."""
    mailed = Q(state=DeliveryState.QUEUED, due_at__lte=now()) | Q(state=DeliveryState.SENT)
    assert 10 <= Delivery.objects.filter(mailed).count() <= 50


def test_demo_calls_the_regency_by_its_invented_name() -> None:
    place = Region.objects.get(code="33.23.08.2014").full_name
    assert place == "Desa Caturanom, Kec. Parakan, Kab. Lembayung, Jawa Tengah"
    assert not Region.objects.filter(full_name__contains="Kab. Temanggung").exists()


def test_demo_has_an_account_for_each_role() -> None:
    emails = [account.email for account in loading.accounts()]
    held = set(Grant.objects.filter(person__email__in=emails).values_list("role__slug", flat=True))
    assert held == set(Role.objects.exclude(slug="member").values_list("slug", flat=True))
    assert Person.objects.filter(email__in=emails, grants=None).count() == 1
    assert Person.objects.filter(email__in=emails).count() == len(emails)


@pytest.mark.parametrize("account", loading.accounts(), ids=lambda account: account.role)
def test_demo_account_signs_in(account: loading.Account) -> None:
    client = Client()
    client.post("/akun/masuk/", {"email": account.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(Person.objects.get(email=account.email).pk)


def test_demo_again_changes_nothing_and_prints_the_accounts() -> None:
    def rows() -> list[int]:
        return [model.objects.count() for model in (AuditEntry, Person, Proposal, Vote, Delivery)]

    before, out = rows(), StringIO()
    call_command("load_demo", stdout=out)
    assert rows() == before
    assert all(account.email in out.getvalue() for account in loading.accounts())
    assert PASSWORD in out.getvalue()
