"""Milestones on the desk, without script: planned, begun, done with evidence, reopened, dropped."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.files.actions import store_upload
from rembuk.programs.actions.milestones import course
from rembuk.programs.actions.milestones.evidence import NewEvidence, add_evidence
from rembuk.programs.choices import DocumentClass
from rembuk.programs.models import Evidence, Milestone, Program
from tests import people, scenes
from tests import program_scenes as programs
from tests.files.uploads import pdf, picture
from tests.programs.milestones import scenes as stones
from tests.web.management.pages import refused

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Kontrak ditandatangani",
    "phase": "2",
    "starts_on": "2027-01-04",
    "ends_on": "2027-03-31",
    "weight": "2,5",
    "office": "",
    "description": "",
}


def seated(client: Client, *, is_public: bool = True) -> tuple[Milestone, Person]:
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    return stones.planned(place, by, is_public=is_public), by


def url(row: Milestone, route: str, *more: str) -> str:
    return reverse(f"desk_programs:milestone_{route}", args=[row.program.code, row.public_id, *more])


def listed(program: Program) -> str:
    return reverse("desk_programs:milestones", args=[program.code])


def jpeg(name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(), content_type="image/jpeg")


def opened(client: Client, address: str) -> bytes:
    """The bytes behind an address."""
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def test_programme_without_milestones_has_an_empty_list_that_says_it_is_complete(client: Client) -> None:
    place = scenes.regency()
    client.force_login(programs.manager(place))
    page = client.get(listed(programs.draft(place))).content.decode()
    assert 'class="empty"' in page
    assert page.count("/tonggak/baru/") == 1


def test_milestone_of_a_draft_is_added_without_a_reason(client: Client) -> None:
    place = scenes.regency()
    client.force_login(programs.manager(place))
    program = programs.draft(place)
    here = reverse("desk_programs:milestone_new", args=[program.code])
    assert 'name="reason"' not in client.get(here).content.decode()
    answer = client.post(here, {**WORDS, "office": place.roads.code})
    row = program.milestones.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{listed(program)}#tonggak-{row.public_id}")
    assert (row.weight, row.office, row.planned_end_on) == (Decimal("2.5"), place.roads, date(2027, 3, 31))


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("weight", "0"), ("weight", "banyak"), ("ends_on", "2027-01-03"), ("phase", "9")],
)
def test_milestone_that_does_not_fit_is_422_and_keeps_what_was_typed(
    client: Client, field: str, value: str
) -> None:
    place = scenes.regency()
    client.force_login(programs.manager(place))
    program = programs.draft(place)
    here = reverse("desk_programs:milestone_new", args=[program.code])
    answer = client.post(here, {**WORDS, "description": "Dengan warga Dangkel", field: value})
    assert refused(answer) == (422, True)
    assert "Dengan warga Dangkel" in answer.content.decode()
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not program.milestones.exists()


def test_milestone_of_a_public_plan_needs_a_reason(client: Client) -> None:
    row, _by = seated(client)
    here = reverse("desk_programs:milestone_new", args=[row.program.code])
    assert refused(client.post(here, WORDS)) == (422, True)
    assert refused(client.post(here, {**WORDS, "reason": "pendek"})) == (422, True)
    assert client.post(here, {**WORDS, "reason": programs.REASON}).status_code == 303
    assert row.program.revisions.count() == 1


def test_milestone_is_edited_and_only_its_plan_asks_for_a_reason(client: Client) -> None:
    row, _by = seated(client)
    shown = client.get(url(row, "edit")).content.decode()
    assert 'value="2027-02-28"' in shown
    assert row.title in shown
    same = {**WORDS, "title": row.title, "starts_on": "2027-01-01", "ends_on": "2027-02-28", "weight": "2"}
    same["description"] = "Lengkap."
    assert client.post(url(row, "edit"), same).status_code == 303
    assert refused(client.post(url(row, "edit"), {**same, "weight": "3"})) == (422, True)
    assert (
        client.post(url(row, "edit"), {**same, "weight": "3", "reason": programs.REASON}).status_code == 303
    )
    found = stones.fresh(row)
    assert (found.description, found.weight, found.first_weight) == ("Lengkap.", 3, 2)


def test_milestones_change_places(client: Client) -> None:
    row, by = seated(client, is_public=False)
    from rembuk.programs.actions.milestones.plan import add_milestone

    other = add_milestone(row.program, stones.words(row.program, title="Kedua"), by=by)
    assert client.get(url(row, "shift")).status_code == 405
    assert client.post(url(other, "shift"), {"arah": "naik"}).status_code == 303
    assert list(row.program.milestones.all()) == [other, row]
    assert client.post(url(other, "shift"), {"arah": "turun"}).status_code == 303
    assert list(row.program.milestones.all()) == [row, other]


def test_milestone_is_taken_out_of_a_draft_after_a_question(client: Client) -> None:
    row, _by = seated(client, is_public=False)
    assert url(row, "remove") in client.get(listed(row.program)).content.decode()
    assert row.title in client.get(url(row, "remove")).content.decode()
    assert client.post(url(row, "remove")).status_code == 303
    assert not row.program.milestones.exists()


def test_milestone_of_a_public_plan_is_not_taken_out(client: Client) -> None:
    row, _by = seated(client)
    assert url(row, "remove") not in client.get(listed(row.program)).content.decode()
    assert client.post(url(row, "remove")).status_code == 409


def test_milestone_is_begun_on_a_day_that_has_come(client: Client) -> None:
    row, _by = seated(client)
    here = url(row, "step", "begin")
    assert 'type="date"' in client.get(here).content.decode()
    assert refused(client.post(here, {"on": "2999-01-01"})) == (422, True)
    assert client.post(here, {"on": "2026-11-20"}).status_code == 303
    assert stones.fresh(row).actual_start_on == date(2026, 11, 20)
    assert client.post(here, {"on": "2026-11-20"}).status_code == 409


@pytest.mark.parametrize("name", ["reach", "tidak-ada"])
def test_step_that_is_not_asked_here_is_404(client: Client, name: str) -> None:
    row, _by = seated(client)
    assert client.get(url(row, "step", name)).status_code == 404


def test_milestone_is_called_done_with_evidence_and_refused_without(client: Client) -> None:
    row, _by = seated(client)
    here = url(row, "reach")
    days = {"on": "2026-11-20", "began_on": "2026-11-02"}
    answer = client.post(here, days)
    assert refused(answer) == (422, True)
    assert 'href="#id_file_1"' in answer.content.decode()
    hidden = {"file_1": jpeg(), "title_1": "Foto", "class_1": "excluded"}
    assert refused(client.post(here, {**days, **hidden})) == (422, True)
    assert stones.fresh(row).state == "planned"
    pieces = {
        "file_1": jpeg(),
        "title_1": "Foto titik nol",
        "class_1": "open",
        "file_2": SimpleUploadedFile("berita.pdf", pdf(), content_type="application/pdf"),
        "title_2": "Berita acara",
        "class_2": "excluded",
    }
    assert client.post(here, {**days, **pieces}).status_code == 303
    assert stones.fresh(row).state == "done"
    assert list(row.evidence.values_list("title", "access_class")) == [
        ("Foto titik nol", "open"),
        ("Berita acara", "excluded"),
    ]
    assert client.post(here, {**days, "file_1": jpeg(), "title_1": "Lagi"}).status_code == 409


def test_evidence_that_was_sent_is_kept_while_something_else_is_mended(client: Client) -> None:
    row, _by = seated(client)
    here = url(row, "reach")
    first = client.post(here, {"on": "2026-11-01", "began_on": "2026-11-02", "file_1": jpeg(), "title_1": ""})
    assert refused(first) == (422, True)
    page = first.content.decode()
    kept = page.split('name="kept_1" value="')[1].split('"')[0]
    sent = {"on": "2026-11-20", "began_on": "2026-11-02", "kept_1": kept, "title_1": "Foto", "kept_2": "x"}
    assert client.post(here, sent).status_code == 303
    assert str(row.evidence.get().file.public_id) == kept


def test_evidence_of_somebody_else_is_not_taken_for_her_own(client: Client) -> None:
    row, _by = seated(client)
    other = store_upload(jpeg(), by=acting(people.citizen()), purpose="program")
    sent = {"on": "2026-11-20", "began_on": "2026-11-02", "kept_1": str(other.public_id), "title_1": "Foto"}
    assert refused(client.post(url(row, "reach"), sent)) == (422, True)
    assert not Evidence.objects.exists()


def test_broken_evidence_is_refused_at_its_field(client: Client) -> None:
    row, _by = seated(client)
    broken = SimpleUploadedFile("foto.jpg", b"bukan gambar", content_type="image/jpeg")
    sent = {"on": "2026-11-20", "began_on": "2026-11-02", "file_1": broken, "title_1": "Foto"}
    answer = client.post(url(row, "reach"), sent)
    assert refused(answer) == (422, True)
    assert 'href="#id_file_1"' in answer.content.decode()


def test_milestone_is_reopened_dropped_and_restored_with_reasons(client: Client) -> None:
    row, by = seated(client)
    stones.done(row, by)
    for name, state in (("reopen", "ongoing"), ("drop", "dropped"), ("restore", "planned")):
        here = url(row, "step", name)
        assert 'name="reason"' in client.get(here).content.decode()
        assert refused(client.post(here, {"reason": "pendek"})) == (422, True)
        assert client.post(here, {"reason": programs.REASON}).status_code == 303
        assert stones.fresh(row).state == state


def test_more_evidence_is_added_and_taken_out_with_a_reason(client: Client) -> None:
    row, by = seated(client)
    assert client.post(url(row, "prove"), {"file_1": jpeg(), "title_1": "x"}).status_code == 409
    stones.done(row, by)
    assert refused(client.post(url(row, "prove"), {})) == (422, True)
    assert client.get(url(row, "prove")).status_code == 200
    assert client.post(url(row, "prove"), {"file_1": jpeg(), "title_1": "Foto ujung"}).status_code == 303
    newest = row.evidence.last()
    assert newest
    here = reverse("desk_programs:evidence_remove", args=[row.program.code, newest.file.public_id])
    assert refused(client.post(here, {"reason": "pendek"})) == (422, True)
    assert newest.title in client.get(here).content.decode()
    assert client.post(here, {"reason": programs.REASON}).status_code == 303
    assert client.post(here, {"reason": programs.REASON}).status_code == 404


def test_excluded_evidence_is_opened_by_staff_of_the_unit_alone(client: Client) -> None:
    row, by = seated(client)
    stones.done(row, by)
    stored = store_upload(jpeg(), by=acting(by), purpose="program")
    add_evidence(row, [NewEvidence(stored, "Berita acara", DocumentClass.EXCLUDED)], by=by)
    staff = reverse("desk_programs:evidence", args=[row.program.code, stored.public_id])
    public = reverse("programs:evidence", args=[row.program.code, stored.public_id])
    assert opened(client, staff)
    for reader in (None, people.citizen(), by):
        client.logout()
        if reader is not None:
            client.force_login(reader)
        assert client.get(public).status_code == 404
    client.force_login(people.staff("program-manager", scenes.regency().health))
    assert client.get(staff).status_code == 404


def test_open_evidence_is_seen_by_everybody_until_it_is_removed(client: Client) -> None:
    row, by = seated(client)
    stored = store_upload(jpeg(), by=acting(by), purpose="program")
    course.reach_milestone(row, evidence=[NewEvidence(stored, "Foto")], by=by)
    client.logout()
    public = reverse("programs:evidence", args=[row.program.code, stored.public_id])
    assert opened(client, public)
    Evidence.objects.update(removed_at=programs.MORNING)
    assert client.get(public).status_code == 404


ROUTES = ("edit", "shift", "remove", "reach", "prove")


@pytest.mark.parametrize("route", ROUTES)
def test_milestone_of_another_unit_is_404_and_without_the_right_403(client: Client, route: str) -> None:
    row, _by = seated(client)
    place = scenes.regency()
    client.force_login(people.staff("program-manager", place.health))
    assert client.post(url(row, route)).status_code == 404
    client.force_login(people.staff("auditor", row.program.unit))
    assert client.post(url(row, route)).status_code == 403
    assert client.get(listed(row.program)).status_code == 200


@pytest.mark.parametrize("name", ["begin", "reopen", "drop", "restore"])
def test_step_of_a_milestone_is_refused_to_readers_and_strangers(client: Client, name: str) -> None:
    row, _by = seated(client)
    client.force_login(people.staff("program-manager", scenes.regency().health))
    assert client.get(url(row, "step", name)).status_code == 404
    client.force_login(people.staff("auditor", row.program.unit))
    assert client.get(url(row, "step", name)).status_code == 403


def test_reader_is_offered_nothing_to_do(client: Client) -> None:
    row, _by = seated(client)
    client.force_login(people.staff("auditor", row.program.unit))
    page = client.get(listed(row.program)).content.decode()
    assert row.title in page
    assert all(url(row, route) not in page for route in ROUTES)


def test_list_says_progress_share_and_delay(client: Client) -> None:
    row, by = seated(client)
    stones.done(row, by)
    Milestone.objects.create(
        program=row.program,
        phase=row.phase,
        position=2,
        title="Terlambat",
        weight=2,
        office=row.office,
        planned_start_on=date(2026, 1, 1),
        planned_end_on=date(2026, 6, 30),
    )
    page = client.get(listed(row.program)).content.decode()
    assert page.count("50%") >= 3
    assert "late" in page or "terlambat" in page.lower()
    assert url(row, "prove") in page


@pytest.mark.parametrize("more", [1, 5])
def test_list_takes_the_same_number_of_queries(
    client: Client, more: int, django_assert_num_queries: object
) -> None:
    row, by = seated(client)
    for number in range(more):
        made = Milestone.objects.create(
            program=row.program,
            phase=programs.phase(row.program, 1 + number % 3),
            position=2 + number,
            title=f"Tonggak {number}",
            office=row.office,
            planned_start_on=date(2027, 1, 1),
            planned_end_on=date(2027, 6, 30),
        )
        stones.done(made, by)
    client.get(listed(row.program))
    with django_assert_num_queries(7):  # type: ignore[operator]
        client.get(listed(row.program))


def test_revision_of_all_dates_is_one_page_and_one_revision(client: Client) -> None:
    row, _by = seated(client)
    end = f"m_end_{row.public_id}"
    here = reverse("desk_programs:revise", args=[row.program.code])
    page = client.get(here).content.decode()
    assert f'name="{end}"' in page
    dates = {
        f"{name}_{number}": day.isoformat()
        for number, span in programs.PLAN.items()
        for name, day in zip(("start", "end"), span, strict=True)
        if day
    }
    sent = {**dates, f"m_start_{row.public_id}": "2027-01-01", end: "2026-12-01", "reason": programs.REASON}
    answer = client.post(here, sent)
    assert refused(answer) == (422, True)
    assert f'href="#id_{end}"' in answer.content.decode()
    moved = {**sent, end: "2027-04-30", "end_2": "2027-08-30"}
    assert client.post(here, moved).status_code == 303
    (revision,) = row.program.revisions.all()
    assert [change["new"] for change in revision.changes] == ["2027-08-30", "2027-04-30"]
    assert refused(client.post(here, moved)) == (422, True)
