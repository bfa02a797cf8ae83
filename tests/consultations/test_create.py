"""Making, editing and copying a consultation: what is written, what is fixed since when, who is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions.making.changes import Contents, Invited, contents_of
from rembuk.consultations.actions.making.create import (
    copy_consultation,
    create_consultation,
    edit_consultation,
)
from rembuk.consultations.errors import NotReady, SettingsFixed
from rembuk.consultations.models import Consultation
from tests import consultation_scenes as scenes
from tests import people
from tests.scenes import Regency, regency

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 5, tzinfo=UTC)


def contents(place: Regency, **fields: object) -> Contents:
    values: dict[str, object] = {
        "kind": "plan",
        "title": "  Rencana taman   kota ",
        "unit": place.works,
        "contact": "taman@contoh.id",
        "summary": "Kota akan membuat tiga taman baru.",
        "body": "## Taman\n\nTiga **taman**.",
    }
    return Contents(**{**values, **fields})  # type: ignore[arg-type]


def test_new_consultation_is_a_hidden_draft_with_a_code_and_an_audit_entry() -> None:
    place = regency()
    person = scenes.manager(place)

    made = create_consultation(contents(place), by=person, at=NOON)

    assert (made.state, made.title, made.code[:9]) == ("draft", "Rencana taman kota", "UJP-2026-")
    assert (made.subject.path, made.subject.is_visible) == (f"/uji-publik/{made.code}/", False)
    assert "<strong>taman</strong>" in made.html
    entry = AuditEntry.objects.get(verb="consultation.created")
    assert entry.target_key == made.code


def test_new_consultation_without_a_right_in_the_unit_is_denied() -> None:
    place = regency()

    with pytest.raises(Denied):
        create_consultation(contents(place, unit=place.health), by=scenes.manager(place))

    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"audience": "organisations", "invited": (Invited(" ", "a@b.id"),)}, "invited"),
        (
            {
                "audience": "organisations",
                "invited": tuple(Invited(f"Forum {n}", f"forum{n}@b.id") for n in range(201)),
            },
            "invited",
        ),
        ({"opens_at": NOON, "closes_at": NOON}, "closes_at"),
        ({"audience": "organisations", "invited": (Invited("Walhi", "bukan surel"),)}, "invited"),
        (
            {"audience": "organisations", "invited": (Invited("A", "a@b.id"), Invited("B", "A@b.id"))},
            "invited",
        ),
    ],
)
def test_new_consultation_with_a_fault_names_the_field(fields: dict[str, object], field: str) -> None:
    place = regency()

    with pytest.raises(Invalid) as caught:
        create_consultation(contents(place, **fields), by=scenes.manager(place))

    assert list(caught.value.fields) == [field]


def test_edit_writes_named_fields_and_tells_the_trail_no_long_text() -> None:
    place = regency()
    person = scenes.manager(place)
    made = scenes.draft(place)
    changed = replace(contents_of(made), title="Judul baru", summary="Ringkasan baru.")

    edit_consultation(made, changed, by=person)

    entry = AuditEntry.objects.get(verb="consultation.edited")
    assert entry.after == {"title": "Judul baru", "summary": "…"}
    made.subject.refresh_from_db()
    assert made.subject.title == "Judul baru"


def test_edit_that_changes_nothing_writes_nothing() -> None:
    place = regency()
    made = scenes.draft(place)

    edit_consultation(made, contents_of(made), by=scenes.manager(place))

    assert not AuditEntry.objects.filter(verb="consultation.edited").exists()


def test_edit_moves_the_talk_to_the_new_unit_only_with_a_right_there() -> None:
    place = regency()
    made = scenes.scheduled(place)
    scenes.with_text(made)
    moved = replace(contents_of(made), unit=place.health)

    with pytest.raises(Denied):
        edit_consultation(made, moved, by=scenes.manager(place))
    edit_consultation(made, moved, by=people.staff("administrator", place.root))

    assert {clause.subject.unit for clause in made.clauses.all()} == {place.health}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Rancangan lain"),
        ("summary", "Ringkasan lain."),
        ("body", "Uraian lain."),
        ("kind", "policy"),
        ("audience", "organisations"),
        ("submissions_shown", "after_closing"),
        ("totals_shown", "after_closing"),
        ("has_overall_stance", False),
        ("needs_second_person", True),
        ("answer_days", 30),
    ],
)
def test_setting_of_an_open_consultation_is_refused_by_name(field: str, value: object) -> None:
    place = regency()
    made = scenes.opened(place, at=NOON)
    changed = replace(contents_of(made), **{field: value})  # type: ignore[arg-type]

    with pytest.raises(SettingsFixed) as caught:
        edit_consultation(made, changed, by=scenes.manager(place), at=NOON)

    assert caught.value.names == [field]


def test_setting_is_fixed_by_the_clock_though_the_stored_state_lags() -> None:
    place = regency()
    made = scenes.scheduled(place, at=NOON)
    changed = replace(contents_of(made), answer_days=30)
    assert made.opens_at is not None

    with pytest.raises(SettingsFixed):
        edit_consultation(made, changed, by=scenes.manager(place), at=made.opens_at)
    edit_consultation(made, changed, by=scenes.manager(place), at=made.opens_at - timedelta(milliseconds=1))


def test_announced_schedule_is_refused_and_an_announced_setting_stands_in_the_history() -> None:
    place = regency()
    person = scenes.manager(place)
    made = scenes.scheduled(place, at=NOON)
    assert made.closes_at is not None
    later = replace(contents_of(made), closes_at=made.closes_at + timedelta(days=1))

    with pytest.raises(SettingsFixed):
        edit_consultation(made, later, by=person, at=NOON)
    edit_consultation(made, replace(contents_of(made), answer_days=10), by=person, at=NOON)

    made.refresh_from_db()
    event = made.events.get(step="edited")
    assert event.facts == {"fields": ["answer_days"]}
    assert made.answer_due_at is not None
    assert made.answer_due_at < made.closes_at + timedelta(days=20)


def test_title_changed_before_opening_stands_in_the_history_before_and_after() -> None:
    place = regency()
    made = scenes.scheduled(place, at=NOON)
    old = made.title

    edit_consultation(made, replace(contents_of(made), title="Lain"), by=scenes.manager(place), at=NOON)

    facts = made.events.get(step="edited").facts
    assert facts == {"fields": ["title"], "read": {"title": {"before": old, "after": "Lain"}}}


def test_words_of_an_announced_consultation_change_but_never_lose_the_summary() -> None:
    place = regency()
    made = scenes.scheduled(place, at=NOON)
    person = scenes.manager(place)

    edit_consultation(made, replace(contents_of(made), contact="Loket 3"), by=person, at=NOON)
    with pytest.raises(NotReady):
        edit_consultation(made, replace(contents_of(made), summary=""), by=person, at=NOON)

    made.refresh_from_db()
    assert (made.contact, made.summary) == ("Loket 3", scenes.SUMMARY)


@pytest.mark.parametrize("scene", [scenes.concluded])
def test_concluded_consultation_is_not_edited(scene) -> None:
    place = regency()
    made = scene(place)

    with pytest.raises(WrongState):
        edit_consultation(made, contents_of(made), by=scenes.manager(place))


def test_copy_takes_words_settings_questions_and_text_but_no_dates_and_no_submissions() -> None:
    place = regency()
    source = scenes.answering(place, needs_second_person=True)

    made = copy_consultation(source, by=scenes.manager(place), title="Tahap kedua", is_next=True)

    assert (made.state, made.title, made.previous) == ("draft", "Tahap kedua", source)
    assert (made.opens_at, made.closes_at, made.announced_at) == (None, None, None)
    assert made.needs_second_person
    assert made.questions.count() == source.questions.count() == 5
    assert not made.submissions.exists()
    version = made.versions.get()
    assert version.published_at is None
    old = source.versions.get()
    assert [(row.full_label, row.body) for row in version.texts.all()] == [
        (row.full_label, row.body) for row in old.texts.all()
    ]
    by_key = {row.pk: row.full_label for row in version.texts.all()}
    assert [by_key.get(row.parent_id) for row in version.texts.all()] == [
        None,
        "BAB I",
        "BAB I",
        "Pasal 2",
        "Pasal 2",
    ]


def test_copy_of_a_consultation_of_another_unit_is_denied() -> None:
    place = regency()
    source = scenes.draft(place, unit=place.health)

    with pytest.raises(Denied):
        copy_consultation(source, by=scenes.manager(place))


def test_trail_says_how_many_organisations_were_named_and_not_which() -> None:
    place = regency()
    made = scenes.draft(place)
    named = (Invited("Walhi", "walhi@contoh.id"), Invited("PKK", "pkk@contoh.id"))
    changed = replace(contents_of(made), audience="organisations", invited=named)

    edit_consultation(made, changed, by=scenes.manager(place))

    assert AuditEntry.objects.get(verb="consultation.edited").after == {
        "audience": "organisations",
        "invited": 2,
    }
    assert list(made.invited.order_by("name").values_list("name", flat=True)) == ["PKK", "Walhi"]


def test_copy_of_a_consultation_without_a_text_has_none() -> None:
    place = regency()
    source = scenes.opened(place)

    made = copy_consultation(source, by=scenes.manager(place))

    assert (made.title, made.versions.count()) == (source.title, 0)
    assert AuditEntry.objects.get(verb="consultation.copied").after["source"] == source.code
