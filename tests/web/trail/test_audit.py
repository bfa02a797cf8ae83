"""The audit page: who, when, what, before and after, why; within the reader's units; filters and CSV."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from rembuk.access.permissions import PROPOSAL_ASSESS
from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit import searching
from rembuk.audit.actors import SYSTEM
from rembuk.audit.models import AuditEntry
from rembuk.consultations.actions.taking.submit import send_submission
from rembuk.engagement.actions.comments import Draft, post_comment
from rembuk.engagement.models import Comment, Subject
from rembuk.exports import verbs as export_verbs
from rembuk.proposals.models import Proposal
from rembuk.proposals.verbs import NAME_SEEN
from rembuk.web.engagement.paths import place_of
from rembuk.workunits.models import WorkUnit
from tests import consultation_scenes as consultations
from tests import export_scenes as exports
from tests import people, scenes

pytestmark = pytest.mark.django_db
LIST = "/kelola/jejak-audit/"


def auditor(place: scenes.Regency, unit: str = "root") -> Client:
    """A browser of an auditor."""
    client = Client()
    client.force_login(people.staff("auditor", getattr(place, unit), "Ratna Dewi"))
    return client


def entry(unit: WorkUnit, key: str = "USL-1", by: Person | None = None, **fields: object) -> AuditEntry:
    """An entry about a proposal in a unit."""
    with transaction.atomic():
        return audit.record(
            NAME_SEEN,
            by=acting(by) if by else SYSTEM,
            target=audit.Target("proposal", key, unit.pk, unit.path),
            **fields,  # type: ignore[arg-type]
        )


def keys(client: Client, query: str = "") -> list[str]:
    """What the entries on the page are about."""
    return [row["entry"].target_key for row in client.get(f"{LIST}{query}").context["rows"]]


def test_page_tells_of_an_export_in_words() -> None:
    place = scenes.regency()
    target = audit.Target("export", "5d3c")
    with transaction.atomic():
        after = {"what": "audit", "form": "csv", "count": 7}
        audit.record(export_verbs.TAKEN, by=SYSTEM, target=target, after=after)
        after = {"what": "consultation", "form": "xlsx", "why": "too_long"}
        audit.record(export_verbs.FAILED, by=SYSTEM, target=target, after=after)
    page = strip_tags(auditor(place).get(f"{LIST}?jenis=export").content.decode())
    words = " ".join(page.split())
    for told in ("Isi–Jejak audit", "Tabel teks (CSV)", "Alasan–Lembar kerja memuat"):
        assert told in words, words


def test_page_shows_who_what_before_and_after_and_why() -> None:
    place = scenes.regency()
    budi = people.staff("moderator", place.works, "Budi Santoso")
    entry(
        place.works, by=budi, before={"state": "submitted"}, after={"state": "rejected"}, reason="Tidak jelas"
    )
    page = auditor(place).get(LIST).content.decode()
    for words in (
        "Budi Santoso",
        "Usulan",
        "USL-1",
        "Menunggu moderasi",
        "Tidak diterbitkan",
        "Tidak jelas",
        place.works.code,
    ):
        assert words in page, words


def changes_shown(client: Client) -> dict[str, str]:
    """Every field on the page, by its name, with what stands after it."""
    rows = client.get(LIST).context["rows"]
    return {change["name"]: strip_tags(change["after"]) for row in rows for change in row["changes"]}


def test_before_and_after_are_told_in_words_and_local_days() -> None:
    place = scenes.regency()
    person = audit.Target("person", str(people.citizen().pk))
    facts: list[tuple[audit.Target, dict[str, object]]] = [
        (
            person,
            {
                "role": "unit-admin",
                "standing": "plh",
                "standing_title": "Kepala Dinas",
                "letter": "SK 12/2026",
                "ends_at": "2026-12-31T17:00:00+00:00",
                "starts_at": "2026-02-03T04:05:06.789+00:00",
                "permissions": ["proposal.assess"],
            },
        ),
        (audit.Target("settings", "site"), {"staff_two_factor": "required", "registration_open": True}),
        (audit.Target("comment", "x"), {"reason_code": "tidak-sopan", "state": "hidden"}),
        (
            audit.Target("program", "x"),
            {"target:Jalan, Juli 2026": "2", "phase_2_planned_end_on": "2026-07-02", "kinds": [{"year": 2}]},
        ),
    ]
    with transaction.atomic():
        for target, after in facts:
            audit.record(NAME_SEEN, by=SYSTEM, target=target, after=after)
    shown = changes_shown(auditor(place))
    assert shown["Peran"] == "Admin Satuan Kerja"
    assert shown["Pelimpahan tugas"].startswith("Plh.")
    assert (shown["Jabatan"], shown["Surat penugasan"]) == ("Kepala Dinas", "SK 12/2026")
    assert shown["Sampai"] == "31 Desember 2026"
    assert shown["Dari"] == "3 Februari 2026 pukul 11.05 WIB"
    assert shown["Izin"] == str(PROPOSAL_ASSESS.label)
    assert "required" not in shown.values()
    assert "tidak-sopan" not in shown.values()
    assert shown["Target: Jalan, Juli 2026"] == "2"
    assert shown["Fase 2: Rencana selesai"] == "2 Juli 2026"


def test_what_nobody_has_a_word_for_stays_as_it_was_kept() -> None:
    place = scenes.regency()
    entry(place.works, after={"sesuatu": "2026-13-99", "on": "besok", "role": "peran-lama"})
    shown = changes_shown(auditor(place))
    assert {"sesuatu": "2026-13-99", "Hari": "besok", "Peran": "peran-lama"}.items() <= shown.items()


def test_comment_leads_to_its_place_with_the_title_of_what_it_hangs_on() -> None:
    place = scenes.regency()
    mine = scenes.published(place)
    assert mine.subject is not None
    said = post_comment(mine.subject, Draft(body="Setuju sekali"), by=people.citizen("Tono"))
    client = auditor(place)
    row = next(row for row in client.get(LIST).context["rows"] if row["entry"].target_kind == "comment")
    assert (row["target"], row["target_url"]) == (mine.title, place_of(said))
    Comment.objects.filter(pk=said.pk).update(state=Comment.State.HIDDEN)
    row = next(row for row in client.get(LIST).context["rows"] if row["entry"].target_kind == "comment")
    assert (row["target"], row["target_url"]) == (mine.title, mine.subject.path)
    Subject.objects.filter(pk=mine.subject.pk).update(is_visible=False)
    row = next(row for row in client.get(LIST).context["rows"] if row["entry"].target_kind == "comment")
    assert (row["target"], row["target_url"]) == (str(said.public_id), "")


def test_things_people_and_the_system_are_named_not_numbered() -> None:
    place = scenes.regency()
    sari = people.citizen("Sari Wulandari")
    with transaction.atomic():
        audit.record(NAME_SEEN, by=SYSTEM, target=audit.Target("person", str(sari.pk)))
        audit.record(NAME_SEEN, by=SYSTEM, target=audit.Target("route", "desk_programs:new"))
    rows = auditor(place).get(LIST).context["rows"]
    told = {(row["target_kind"], row["target"], row["who"], row["channel"]) for row in rows}
    assert {
        ("Orang", "Sari Wulandari", "Sistem", "Otomatis"),
        ("Halaman", "/kelola/program/baru/", "Sistem", "Otomatis"),
    } <= told


def test_filter_takes_a_name_or_an_email_and_nobody_fits_nothing() -> None:
    place = scenes.regency()
    client = auditor(place)
    for number, name in enumerate(("Wayan Sudarma", "Wayan Artini", "Budi Santoso")):
        entry(place.works, f"W{number}", by=people.citizen(name, email=f"orang{number}@contoh.id"))
    assert keys(client, "?orang=wayan") == ["W1", "W0"]
    assert keys(client, "?orang=orang2@contoh.id") == ["W2"]
    assert keys(client, "?orang=tidak-ada") == []


def test_filter_by_person_does_not_tell_which_hidden_names_are_hers() -> None:
    place = scenes.regency()
    author = people.citizen("Zulkarnain Tersamar")
    proposal = scenes.published(place, author)
    client = auditor(place)
    assert proposal.code in keys(client, "?orang=zulkarnain")
    Proposal.objects.filter(pk=proposal.pk).update(is_name_masked=True)
    found = {proposal.code, str(proposal.public_id)} & set(keys(client, "?orang=zulkarnain"))
    assert found == set()


def test_auditor_of_a_unit_sees_it_and_what_lies_below_only() -> None:
    place = scenes.regency()
    for unit, key in ((place.root, "R"), (place.works, "W"), (place.roads, "B"), (place.health, "H")):
        entry(unit, key)
    assert keys(auditor(place, "works")) == ["B", "W"]
    assert set(keys(auditor(place))) >= {"R", "W", "B", "H"}


def test_entry_outside_of_the_readers_units_or_unknown_is_not_found() -> None:
    place = scenes.regency()
    client, outside = auditor(place, "works"), entry(place.health)
    assert client.get(f"{LIST}{outside.pk}/").status_code == 404
    assert client.get(f"{LIST}{entry(place.roads).pk}/").status_code == 200
    assert client.get(f"{LIST}{'9' * 30}/").status_code == 404


def test_a_root_that_is_not_the_instansi_gives_no_view_of_everything() -> None:
    from rembuk.workunits import tree

    place = scenes.regency()
    flat = tree.plant(code="FLAT", name="Dinas Perikanan", kind="agency")
    client = Client()
    client.force_login(people.staff("auditor", flat))
    entry(place.works, "W")
    entry(flat, "F")
    assert keys(client) == ["F"]
    assert client.get("/kelola/log/").status_code == 403


def test_filters_narrow_by_deed_person_time_words_request_and_bulk() -> None:
    place = scenes.regency()
    client, budi = auditor(place), people.staff("moderator", place.works)
    old = datetime.now(UTC) - timedelta(days=40)
    entry(place.works, "OLD", at=old, reason="Alasan lama")
    entry(place.works, "NEW", by=budi, bulk="b-1")
    day = (old + timedelta(days=3)).date().isoformat()
    for query, found in (
        (f"perbuatan={NAME_SEEN.key}", ["NEW", "OLD"]),
        (f"orang={budi.pk}", ["NEW"]),
        (f"perbuatan={NAME_SEEN.key}&sampai={day}", ["OLD"]),
        (f"perbuatan={NAME_SEEN.key}&dari={day}", ["NEW"]),
        (f"perbuatan={NAME_SEEN.key}&sampai=9999-12-31", ["NEW", "OLD"]),
        ("q=alasan+lama", ["OLD"]),
        ("massal=b-1", ["NEW"]),
        ("permintaan=tidak-ada", []),
    ):
        assert keys(client, f"?{query}") == found, query


def test_filter_that_cannot_be_read_is_told_with_422() -> None:
    answer = auditor(scenes.regency()).get(f"{LIST}?dari=kemarin")
    assert (answer.status_code, answer.context["rows"]) == (422, [])


def test_pages_follow_each_other_without_gap_or_double() -> None:
    place = scenes.regency()
    for number in range(60):
        entry(
            place.works, f"U{number:02}", at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number // 3)
        )
    client = auditor(place, "works")
    first = client.get(LIST)
    second = client.get(first.context["next_url"])
    seen = [row["entry"].target_key for answer in (first, second) for row in answer.context["rows"]]
    assert (len(seen), len(set(seen)), second.context["next_url"]) == (60, 60, "")
    assert keys(client, "?after=tampered") == seen[:50]


def test_words_are_looked_for_piece_by_piece_and_no_entry_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(searching, "LOOKED_THROUGH", 4)
    place, start = scenes.regency(), datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(10):
        reason = "Salah ketik" if number in {1, 2, 8} else ""
        # Two at the same instant each: a piece may end between them.
        entry(place.works, f"U{number}", reason=reason, at=start + timedelta(minutes=number // 2))
    client, seen, address = auditor(place, "works"), [], f"{LIST}?q=salah"
    for page, of_page in enumerate((["U8"], ["U2"], ["U1"])):
        answer = client.get(address)
        assert [row["entry"].target_key for row in answer.context["rows"]] == of_page, page
        is_last = page == 2
        assert ("Kata dicari dalam 4 entri" in answer.content.decode()) is not is_last
        seen, address = seen + of_page, answer.context["next_url"]
    assert (seen, address) == (["U8", "U2", "U1"], "")


def test_piece_without_a_hit_says_so_and_leads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "LOOKED_THROUGH", 2)
    place, start = scenes.regency(), datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(3):
        entry(place.works, f"U{number}", reason="" if number else "Ralat", at=start + timedelta(days=number))
    client = auditor(place, "works")
    first = client.get(f"{LIST}?q=ralat")
    assert "Belum ada entri yang cocok" in first.content.decode()
    second = client.get(first.context["next_url"])
    assert [row["entry"].target_key for row in second.context["rows"]] == ["U0"]


@pytest.mark.parametrize("typed", ["USL-2026-000007", "usl 2026 7"])
def test_code_finds_its_entries_however_old_they_are(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "LOOKED_THROUGH", 1)
    place, start = scenes.regency(), datetime(2026, 1, 1, tzinfo=UTC)
    entry(place.works, "USL-2026-000007", at=start)
    entry(place.health, "USL-2026-000007", at=start)
    for number in range(3):
        entry(place.works, f"U{number}", at=start + timedelta(days=1))
    assert keys(auditor(place, "works"), f"?q={typed}") == ["USL-2026-000007"]


def test_csv_holds_the_filtered_rows_disarms_formulas_and_is_itself_recorded() -> None:
    place = scenes.regency()
    client = auditor(place)
    entry(place.works, "USL-9", reason="=HYPERLINK(1)")
    answer = client.post(f"{LIST}ekspor/?q=USL-9", {"bentuk": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert (len(lines), lines[0].startswith("id,at,verb")) == (2, True)
    assert ",=HYPERLINK" not in lines[1]
    assert AuditEntry.objects.get(verb="audit.exported").after == {"q": "USL-9"}


def test_csv_holds_the_units_where_the_trail_may_be_exported_too() -> None:
    place = scenes.regency()
    entry(place.works, "USL-9")
    entry(place.health, "USL-8")
    client = exports.reads_and_takes(place.root, place.works, "audit")
    answer = client.post(f"{LIST}ekspor/", {"bentuk": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert ("USL-9" in text, "USL-8" in text) == (True, False)
    assert (
        exports.reads_and_takes(place.works, place.health, "audit").get(f"{LIST}ekspor/").status_code == 403
    )


def test_without_the_right_to_export_there_is_no_csv() -> None:
    from rembuk.access.models import Role

    place = scenes.regency()
    Role.objects.create(slug="reader", name="Pembaca", name_en="Reader", permissions=["audit.read"])
    client = Client()
    client.force_login(people.staff("reader", place.root))
    assert client.get(LIST).context["export_url"] == ""
    answer = client.post(f"{LIST}ekspor/", {"bentuk": "csv"})
    assert (answer.status_code, AuditEntry.objects.filter(verb="audit.exported").exists()) == (403, False)


def test_others_are_denied_and_the_denial_is_recorded() -> None:
    place = scenes.regency()
    client = Client()
    client.force_login(people.staff("moderator", place.root))
    assert client.get(LIST).status_code == 403
    assert AuditEntry.objects.get(verb="access.denied").target_key == "desk_trail:audit"


def test_a_deleted_person_leaves_no_name() -> None:
    place = scenes.regency()
    budi = people.staff("moderator", place.works, "Budi Santoso")
    entry(place.works, by=budi)
    Person.objects.filter(pk=budi.pk).update(name="", deleted_at=datetime.now(UTC))
    page = auditor(place).get(LIST).content.decode()
    assert "Akun dihapus" in page
    assert "Budi" not in page


@pytest.mark.parametrize("more", [1, 3])
def test_list_and_entry_ask_as_often_for_three_as_for_one(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    client = auditor(place)
    for number in range(more):
        one = entry(place.works, "USL-7", by=people.staff("moderator", place.works, f"Budi {number}"))
    client.get(LIST)
    # One of them asks for what is older than a month, as no page is full.
    with django_assert_num_queries(7):
        client.get(LIST)
    with django_assert_num_queries(8):
        client.get(f"{LIST}{one.pk}/")


def test_deed_of_a_participant_with_a_hidden_name_does_not_bear_it() -> None:
    place, hidden = scenes.regency(), people.citizen("Zulkarnain Tersamar")
    made = consultations.opened(place)
    draft = consultations.writing(made, hidden, consultations.content(is_name_masked=True))
    sent = send_submission(draft, by=hidden)
    text = auditor(place).get(f"{LIST}?jenis=submission").content.decode()
    assert (hidden.name in text, "Peserta (nama disamarkan)" in text) == (False, True)
    assert f"/kelola/uji-publik/{made.code}/masukan/{sent.number}/" in text
