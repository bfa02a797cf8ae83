"""What can't be true of a plan and its money: refused by the form, by the database alone, and in a race never with a 500."""

import threading
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from rembuk.accounts.models import Person
from rembuk.common.postgresql.refusals import AT_ONCE, refused_by_database
from rembuk.programs.actions import create
from rembuk.programs.actions.editing import limits, seen
from rembuk.programs.actions.milestones import changing
from rembuk.programs.models import CashPlan, Milestone, Pagu, Phase, Program, Realisation, UpdatePicture
from tests import money_scenes as money
from tests import people, scenes
from tests import program_scenes as programs
from tests.engagement.races import at_once
from tests.programs.milestones import scenes as milestones
from tests.programs.test_kept import KEPT
from tests.programs.test_overlap import PLAN, overwrite, two_stages

WITH_A_GAP = {**PLAN, 2: (date(2027, 1, 1), date(2027, 3, 31))}
DAY = date(2027, 1, 10)
WORDS = {
    "title": "Perbaikan jalan desa Sukamaju",
    "summary": "Lima ruas jalan desa diperkeras agar dapat dilewati sepanjang tahun.",
    "year": "2027",
}
type World = tuple[Client, Program, Person]


def world(client: Client, *, is_public: bool = False) -> World:
    """A programme with a milestone and half a billion of which a tenth is spent; its manager is signed in."""
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    program = milestones.planned(place, by, is_public=is_public).program
    money.planned(program, by)
    money.entered(program, by, amount="50000000")
    return client, program, by


def broken(which: str, program: Program) -> None:
    """Write what can't be true past all checks of the application."""
    phase = Phase.objects.filter(program=program, position=2)
    stone = Milestone.objects.filter(program=program)
    spent = {"program": program, "pagu": program.pagu.get(), "spent_on": DAY, "at": programs.MORNING}
    writes: dict[str, Any] = {
        "phase_ends_after_start": lambda: phase.update(planned_end_on=date(2026, 1, 1)),
        "phase_end_has_a_start": lambda: phase.update(planned_start_on=None),
        "phase_ended_after_start": lambda: phase.update(actual_start_on=DAY, actual_end_on=date(2026, 1, 1)),
        "milestone_ends_after_start": lambda: stone.update(planned_end_on=date(2026, 1, 1)),
        "milestone_ended_after_start": lambda: stone.update(
            state="done", actual_start_on=DAY, actual_end_on=date(2026, 1, 1)
        ),
        "milestone_done_has_dates": lambda: stone.update(state="done"),
        "milestone_weighs": lambda: stone.update(weight=0),
        "realisation_within_pagu": lambda: Realisation.objects.create(
            **spent, document_number="SP2D-9", amount=money.PAGU
        ),
        "realisation_positive": lambda: Realisation.objects.create(
            **spent, document_number="SP2D-9", amount=0
        ),
        "realisation_document_once": lambda: Realisation.objects.create(
            **spent, document_number="SP2D-001", amount=1
        ),
        "pagu_not_negative": lambda: Pagu.objects.create(program=program, fund="grant", amount=-1),
        "pagu_once_a_fund": lambda: Pagu.objects.create(program=program, fund="apbd", amount=1),
        "cashplan_not_negative": lambda: CashPlan.objects.create(
            program=program, month=date(2027, 5, 1), amount=-1
        ),
        "cashplan_once_a_month": lambda: CashPlan.objects.create(
            program=program, month=date(2026, 11, 1), amount=1
        ),
        "phase_one_leads": lambda: program.phases.update(is_leading=True),
        "program_nomenclature_is_a_code": lambda: Program.objects.update(nomenclature="jalan"),
    }
    writes[which]()


HELD = sorted(
    set(limits.REFUSALS) - {"phase_kind_no_overlap", "indicatorvalue_once_a_period", "link_once"} - KEPT
)


@pytest.mark.django_db
@pytest.mark.parametrize("which", HELD)
def test_database_refuses_by_itself_and_its_refusal_has_words(which: str, client: Client) -> None:
    _client, program, _by = world(client)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        broken(which, program)
    assert refusal.value.__cause__.diag.constraint_name == which  # type: ignore[union-attr]
    assert str(refused_by_database(refusal.value)) == str(limits.REFUSALS[which])


@pytest.mark.django_db
def test_database_lowers_no_pagu_below_what_is_spent(client: Client) -> None:
    _client, program, _by = world(client)
    with pytest.raises(IntegrityError, match="realisation above the pagu"), transaction.atomic():
        program.pagu.update(amount=1)


@pytest.mark.django_db
def test_refusal_of_phases_of_one_kind_that_overlap_has_words() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = create.create_program(programs.contents(place), template=two_stages(), plan=PLAN, by=by)
    with pytest.raises(IntegrityError) as refusal:
        overwrite(program)
    assert refused_by_database(refusal.value) is limits.REFUSALS["phase_kind_no_overlap"]


@pytest.mark.django_db
def test_database_knows_no_third_moment_of_a_picture() -> None:
    with pytest.raises(IntegrityError, match="updatepicture_moment_exists"), transaction.atomic():
        UpdatePicture.objects.create(
            update_id=1, file=programs.stored(), alternative="Jalan", moment="during"
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("route", "sent", "words"),
    [
        (
            "new",
            {"start_2": "2027-02-01", "end_2": "2027-01-01", "step": "save"},
            "Fase tidak dapat berakhir sebelum dimulai.",
        ),
        ("new", {"end_2": "2027-01-01", "step": "save"}, "Fase tidak dapat berakhir sebelum dimulai."),
        (
            "milestone_new",
            {"starts_on": "2027-02-01", "ends_on": "2027-01-01"},
            "Tonggak tidak dapat berakhir sebelum dimulai.",
        ),
        ("milestone_new", {"weight": "0"}, "Bobot"),
        ("money_plan", {"pagu_apbd": "1.000"}, "Pagu tidak boleh kurang dari itu"),
        ("money_plan", {"pagu_apbd": "-1"}, "rupiah"),
        (
            "spend",
            {"fund": "apbd", "amount": "500.000.000", "spent_on": "2026-11-20", "document_number": "SP2D-2"},
            "pagu",
        ),
    ],
)
def test_form_refuses_the_same_with_words_and_writes_nothing(
    route: str, sent: dict[str, str], words: str, client: Client
) -> None:
    _client, program, _by = world(client)
    stone = {"title": "Pengerasan", "phase": "2", "starts_on": "2027-02-01", "ends_on": "2027-03-01"}
    unit = program.unit.code
    base = {"new": {**WORDS, "unit": unit}, "milestone_new": {**stone, "weight": "1"}}.get(route, {})
    url = reverse(f"desk_programs:{route}", args=[] if route == "new" else [program.code])
    before = [model.objects.count() for model in (Program, Milestone, Realisation)]
    answer = client.post(url, {**base, **sent})
    assert answer.status_code == 422
    errors = answer.content.decode().split('class="errors-top"', 1)[1].split("</ul>", 1)[0]
    assert words in errors
    assert [model.objects.count() for model in (Program, Milestone, Realisation)] == before
    assert program.pagu.get().amount == money.PAGU


@pytest.mark.django_db
def test_form_refuses_phases_of_one_kind_that_overlap(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    program = create.create_program(programs.contents(place), template=two_stages(), plan=PLAN, by=by)
    answer = client.post(
        reverse("desk_programs:edit", args=[program.code]), edit_form(program, **{"end_2": "2027-05-01"})
    )
    assert answer.status_code == 422
    assert '<a href="#id_start_3">' in answer.content.decode()


@pytest.mark.django_db
def test_form_refuses_an_end_of_the_work_before_its_start(client: Client) -> None:
    _client, program, _by = world(client, is_public=True)
    begin = reverse("desk_programs:phase_step", args=[program.code, 1, "start"])
    assert client.post(begin, {"on": "2026-11-20"}).status_code == 303
    finish = reverse("desk_programs:phase_step", args=[program.code, 1, "finish"])
    assert client.post(finish, {"on": "2026-11-10"}).status_code == 422
    assert programs.phase(program, 1).actual_end_on is None


@pytest.mark.django_db
def test_refusal_that_only_the_database_sees_is_a_clear_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rembuk.web.programs.milestones.forms import MilestoneForm

    _client, program, _by = world(client)
    monkeypatch.setattr(MilestoneForm, "clean", lambda form: form.cleaned_data)
    monkeypatch.setattr(
        changing,
        "columns",
        lambda program, words: {
            "title": words.title,
            "phase": words.phase,
            "weight": words.weight,
            "planned_start_on": words.starts_on,
            "planned_end_on": words.ends_on,
            "office": program.unit,
            "description": "",
        },
    )
    sent = {"title": "x", "phase": "2", "weight": "1", "starts_on": "2027-02-01", "ends_on": "2027-01-01"}
    answer = client.post(reverse("desk_programs:milestone_new", args=[program.code]), sent)
    assert answer.status_code == 409
    assert str(limits.REFUSALS["milestone_ends_after_start"]) in answer.content.decode()
    assert program.milestones.count() == 1


@pytest.mark.django_db
def test_fault_of_ours_stays_a_fault(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from rembuk.web.programs.steering import desk

    _client, program, _by = world(client)

    def write_twice(*args: object, **kwargs: object) -> None:
        Program.objects.create(**{**Program.objects.values().get(pk=program.pk), "id": None})

    monkeypatch.setattr(desk, "edit_program", write_twice)
    client.raise_request_exception = False
    answer = client.post(reverse("desk_programs:edit", args=[program.code]), edit_form(program))
    assert answer.status_code == 500


def edit_form(program: Program, **typed: str) -> dict[str, str]:
    """What the form of a draft sends, some fields typed anew."""
    days = {
        f"{name}_{phase.position}": day.isoformat()
        for phase in program.phases.all()
        for name, day in (("start", phase.planned_start_on), ("end", phase.planned_end_on))
        if day
    }
    return {**WORDS, "unit": program.unit.code, **days, **typed}


@pytest.mark.django_db(transaction=True)
def test_two_officials_who_plan_overlapping_stages_at_once_get_a_page_never_a_500(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The lock taken away and both past the check: the database alone decides, when the second one commits."""
    with transaction.atomic():
        place = scenes.regency()
        program = create.create_program(
            programs.contents(place), template=two_stages(), plan=WITH_A_GAP, by=programs.manager(place)
        )
        officials = [people.staff("program-manager", place.works, name) for name in ("Rina", "Dewi")]
    both_checked = threading.Barrier(2, timeout=20)
    refuse = create.refuse_overlap

    def checked(found: Program) -> None:
        refuse(found)
        both_checked.wait()

    def unlocked(found: Program) -> Program:
        return Program.objects.select_related("subject", "unit").get(pk=found.pk)

    monkeypatch.setattr(create, "refuse_overlap", checked)
    monkeypatch.setattr(create, "lock", unlocked)
    monkeypatch.setattr(seen, "lock", unlocked)
    url = reverse("desk_programs:edit", args=[program.code])
    # Alone each plan is sound; together stage two ends after stage three has begun.
    plans = ({"end_2": "2027-04-20"}, {"start_3": "2027-04-10"})

    def send(person: Person, typed: dict[str, str]) -> tuple[int, str]:
        client = Client()
        client.force_login(person)
        answer = client.post(url, edit_form(program, **typed))
        return answer.status_code, answer.content.decode()

    outcomes: Any = at_once(*(partial(send, officials[n], plans[n]) for n in (0, 1)))
    assert all(isinstance(one, tuple) for one in outcomes), outcomes
    (saved, _page), (refused, page) = sorted(outcomes)
    assert (saved, refused) == (303, 409), outcomes
    # Whichever the database notices first: the two stages, or two acts that wait for each other.
    assert any(str(words) in page for words in (limits.REFUSALS["phase_kind_no_overlap"], AT_ONCE))
    assert program.phases.get(position=2).planned_end_on < program.phases.get(position=3).planned_start_on


@pytest.mark.django_db
def test_amounts_and_weights_keep_their_exact_type(client: Client) -> None:
    _client, program, _by = world(client)
    assert program.pagu.get().amount == Decimal("500000000.00")
    assert program.milestones.get().weight == Decimal("2.00")


@pytest.mark.django_db(transaction=True)
def test_two_acts_that_wait_for_each_other_are_told_as_two_people_at_once() -> None:
    with transaction.atomic():
        place = scenes.regency()
        both = [programs.draft(place) for _ in range(2)]
    one_held = threading.Barrier(2, timeout=20)

    @transaction.atomic
    def take(first: Program, second: Program) -> None:
        Program.objects.select_for_update().get(pk=first.pk)
        one_held.wait()
        Program.objects.select_for_update().get(pk=second.pk)

    outcomes = at_once(partial(take, *both), partial(take, *reversed(both)))
    (ended,) = [one for one in outcomes if isinstance(one, DatabaseError)]
    assert refused_by_database(ended) is AT_ONCE
