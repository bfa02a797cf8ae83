"""State, owner, rights and counts come from no form, whatever a sender adds to it."""

import uuid
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.forms.models import model_to_dict
from django.test import Client

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.engagement.models import Comment, Vote
from rembuk.proposals.models import Proposal
from tests import handling_scenes, people, program_scenes, scenes
from tests.web.accounts import test_register as registration

pytestmark = pytest.mark.django_db
FORGED: dict[str, str] = {
    **dict.fromkeys(("id", "pk", "author", "author_id", "by", "by_id", "voter", "voter_id", "person"), "1"),
    **dict.fromkeys(("state", "status"), "published"),
    **dict.fromkeys(("support", "against", "comments", "followers", "version", "count", "depth"), "99"),
    **dict.fromkeys(("is_active", "is_staff", "is_superuser", "verified", "hides_author", "is_open"), "on"),
    **dict.fromkeys(("created_at", "published_at", "submitted_at", "considered_at", "at"), "2020-01-01"),
    "code": "USL-2020-000001",
    "subject": "1",
    "path": "000001.",
    "permissions": "audit.read",
    "email_verified": "1",
    "joined_at": "2020-01-01",
    "html": "<b>x</b>",
    "source": "dprd",
}
NEVER = (
    "state",
    "author",
    "code",
    "published_at",
    "submitted_at",
    "considered_at",
    "subject",
    "source",
    "version",
)


def _kept(proposal: Proposal) -> dict[str, Any]:
    return {name: value for name, value in model_to_dict(proposal).items() if name in NEVER}


def _answers(place: scenes.Regency) -> dict[str, str]:
    return {
        "title": "Perbaikan saluran air di Dusun Krajan",
        "body": scenes.BODY,
        "category": place.category.slug,
        "region_q": "",
        "place": "Dusun Krajan",
        "reason": "Tempatnya ditulis lebih tepat.",
    }


def test_change_of_a_published_proposal_takes_only_its_text(client: Client) -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    before = _kept(proposal)
    client.force_login(author)
    client.post(f"/usulan/{proposal.code}/ubah/", {**FORGED, **_answers(place)})
    proposal.refresh_from_db()
    assert {**_kept(proposal), "version": 1} == {**before, "version": 1}
    assert proposal.version <= 2


def test_comment_takes_only_its_words(client: Client) -> None:
    proposal, member = scenes.published(scenes.regency()), people.citizen()
    client.force_login(member)
    data = {**FORGED, "body": "Setuju.", "key": str(uuid.uuid4()), "office": "1", "parent": "1", "root": "1"}
    client.post(f"/diskusi/usulan/{proposal.code}/tulis/", data)
    made = Comment.objects.get()
    assert (made.author, made.state, made.depth, made.html) == (
        member,
        "visible",
        made.depth,
        "<p>Setuju.</p>",
    )
    assert (made.office, made.parent, made.root_id) == (None, None, made.root_id)


@pytest.mark.parametrize("value", ["99", "2", "-2", "0.5", "1e3", ""])
def test_vote_takes_only_the_values_of_its_ballot(value: str, client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    client.force_login(people.citizen())
    answer = client.post(f"/diskusi/usulan/{proposal.code}/suara/", {**FORGED, "value": value})
    assert answer.status_code == 422
    assert not Vote.objects.exists()


def test_vote_is_the_senders_own(client: Client) -> None:
    proposal, member, other = scenes.published(scenes.regency()), people.citizen(), people.citizen()
    client.force_login(member)
    data = {**FORGED, "value": "1", "version": "1", "voter": other.pk, "voter_id": other.pk}
    client.post(f"/diskusi/usulan/{proposal.code}/suara/", data)
    assert list(Vote.objects.values_list("voter_id", "value")) == [(member.pk, 1)]


def test_registration_gives_no_right_and_no_confirmation(client: Client) -> None:
    scenes.regency()
    client.post(
        "/akun/daftar/", {**FORGED, **registration.form(email="sari.baru@contoh.id"), "role": "administrator"}
    )
    person = Person.objects.get(email="sari.baru@contoh.id")
    assert not Grant.objects.filter(person=person).exists()
    assert not EmailAddress.objects.filter(user=person, verified=True).exists()
    assert person.joined_at.year > 2020


def test_decision_is_the_deciders_own_and_moves_only_its_own_step(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.submitted(place)
    before = {**_kept(proposal), "state": "rejected"}
    assert proposal.subject is not None
    case = proposal.subject.cases.get()
    moderator = people.staff("moderator", place.root)
    client.force_login(moderator)
    data = {**FORGED, "reason": "iklan", "message": handling_scenes.WHY, "by": "1"}
    client.post(f"/kelola/moderasi/{case.public_id}/reject/", data)
    proposal.refresh_from_db()
    assert _kept(proposal) == before
    assert proposal.decisions.order_by("-id").first().by == moderator  # type: ignore[union-attr]


def test_programme_news_takes_neither_author_nor_time(client: Client) -> None:
    place = scenes.regency()
    manager = program_scenes.manager(place)
    program = program_scenes.published(place, by=manager)
    client.force_login(manager)
    data = {**FORGED, "phase": "1", "title": "Kabar baik", "body": "Isi kabar.", "office": "1"}
    client.post(f"/kelola/program/{program.code}/kabar/", data)
    news = program.updates.get()
    program.refresh_from_db()
    assert (news.by, news.office, news.html) == (manager, place.works, "<p>Isi kabar.</p>\n")
    assert (program.state, news.at.year > 2020) == ("published", True)
