"""Unduhan saya: small exports at once, large ones on a page with progress; fetched, cancelled and removed by their owner."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.access.models import Grant
from rembuk.audit.models import AuditEntry
from rembuk.exports import sources
from rembuk.exports.models import Export
from rembuk.exports.states import State
from tests import consultation_scenes, people, scenes
from tests.exports.test_ending import ready
from tests.web.management.pages import signed_in

pytestmark = pytest.mark.django_db
LIST = "/kelola/unduhan/"
PROPOSALS = "/kelola/usulan/ekspor/"
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """One row is small, two are large."""
    monkeypatch.setattr(sources, "MOST_AT_ONCE", 1)


def browser(export: Export) -> Client:
    """A browser of whoever asked for it."""
    client = Client()
    client.force_login(export.person)
    return client


@pytest.mark.usefixtures("tiny")
def test_one_row_is_downloaded_at_once_and_two_are_made_in_the_background() -> None:
    place = scenes.regency()
    scenes.published(place)
    client = signed_in("administrator", place)
    fields = {"kolom_1": "kode", "bentuk": "csv"}
    small = client.post(PROPOSALS, fields)
    assert small["Content-Type"].startswith("text/csv")
    assert len(small.getvalue().splitlines()) >= 2
    assert AuditEntry.objects.filter(verb="proposal.exported").count() == 1
    scenes.published(place)
    answer = client.post(f"{PROPOSALS}?status=published", fields, follow=True)
    made = Export.objects.get()
    assert answer.redirect_chain == [(f"{LIST}{made.public_id}/", 303)]
    assert made.given == {"status": ["published"], "kolom": ["kode"]}
    page = answer.content.decode()
    for words in (
        "Usulan (CSV)",
        "Menunggu",
        "Diterbitkan",
        "Berkas sedang dibuat",
        "Muat ulang",
        "Batalkan",
    ):
        assert words in page, words
    assert AuditEntry.objects.filter(verb="proposal.exported").count() == 1


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize(
    ("address", "fields", "kind"),
    [
        ("/kelola/pengguna/ekspor/?siapa=semua", {"bentuk": "xlsx"}, "people"),
        ("/kelola/hak-akses/ekspor/", {"bentuk": "csv"}, "grants"),
        ("/kelola/jejak-audit/ekspor/", {"bentuk": "csv"}, "audit"),
    ],
)
def test_every_list_can_be_too_large_to_wait_for(address: str, fields: dict[str, str], kind: str) -> None:
    place = scenes.regency()
    people.staff("moderator", place.works, "Tono")
    scenes.published(place)
    client = signed_in("administrator", place)
    assert client.post(address, fields).status_code == 303
    assert Export.objects.get().kind == kind


@pytest.mark.usefixtures("tiny")
def test_large_consultation_is_asked_for_by_a_button() -> None:
    place = scenes.regency()
    found = consultation_scenes.opened(place)
    address = f"/kelola/uji-publik/{found.code}/ekspor.xlsx"
    client = signed_in("administrator", place)
    small = client.get(address)
    assert small["Content-Type"].startswith("application/vnd")
    assert small.getvalue().startswith(b"PK")
    for _turn in range(2):
        consultation_scenes.sent(found)
    assert "Buat berkas" in client.get(address).content.decode()
    assert not Export.objects.exists()
    client.post(address)
    assert Export.objects.get().given == {"kode": [found.code]}


def test_filter_of_the_trail_that_cannot_be_read_leads_back() -> None:
    client = signed_in("administrator", scenes.regency())
    assert client.get("/kelola/jejak-audit/ekspor/?dari=kemarin").url.endswith("?dari=kemarin")
    assert client.post("/kelola/jejak-audit/ekspor/", {"bentuk": "doc"}).status_code == 422


@pytest.mark.usefixtures("tiny")
def test_fourth_file_is_refused_with_a_sentence() -> None:
    place = scenes.regency()
    for _turn in range(2):
        scenes.published(place)
    client = signed_in("administrator", place)
    for column in ("kode", "judul", "status"):
        client.post(PROPOSALS, {"kolom_1": column, "bentuk": "csv"})
    answer = client.post(PROPOSALS, {"kolom_1": "tempat", "bentuk": "csv"})
    assert (answer.status_code, "masih dibuat" in answer.content.decode()) == (409, True)
    assert Export.objects.count() == 3


def test_page_tells_how_far_it_is_with_and_without_script() -> None:
    found = ready(
        scenes.regency(), state=State.RUNNING, made_at=None, rows_done=50_000, rows_expected=250_000
    )
    client = browser(found)
    page = client.get(f"{LIST}{found.public_id}/").content.decode()
    assert '<progress max="100" value="20"' in page
    assert "50.000 dari 250.000" in page
    part = client.get(f"{LIST}{found.public_id}/", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="unduhan"')
    assert 'hx-trigger="every 3s"' in part
    cell = client.get(f"{LIST}{found.public_id}/?ringkas=1").content.decode()
    assert (cell.startswith("<div hx-get"), 'value="20"' in cell) == (True, True)
    Export.objects.update(rows_expected=None)
    assert "<progress aria-label" in client.get(f"{LIST}{found.public_id}/?ringkas=1").content.decode()
    Export.objects.update(state=State.READY)
    done = client.get(f"{LIST}{found.public_id}/", headers={"HX-Request": "true"}).content.decode()
    assert ("hx-get" in done, "Unduh" in done) == (False, True)


def test_page_that_asks_by_itself_keeps_nobody_signed_in() -> None:
    found = ready(scenes.regency(), state=State.RUNNING, made_at=None)
    client = browser(found)
    session = client.session
    session["used_at"] = before = int(datetime.now(UTC).timestamp()) - 600
    session.save()
    client.get(f"{LIST}{found.public_id}/?ringkas=1")
    client.get(f"{LIST}{found.public_id}/", headers={"HX-Request": "true"})
    assert client.session["used_at"] == before
    client.get(f"{LIST}{found.public_id}/")
    assert client.session["used_at"] > before


def test_ready_file_says_as_of_when_it_is_and_is_downloaded_under_its_name() -> None:
    found = ready(scenes.regency(), datetime.now(UTC), read_at=AT)
    client = browser(found)
    assert "Keadaan per" in client.get(f"{LIST}{found.public_id}/").content.decode()
    answer = client.get(f"{LIST}{found.public_id}/berkas/")
    assert b"".join(answer.streaming_content) == b"kode\r\n"
    assert 'attachment; filename="usulan.csv"' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_looking_at_the_head_of_a_file_is_no_download_and_no_part_is_served() -> None:
    found = ready(scenes.regency(), datetime.now(UTC))
    client, address = browser(found), f"{LIST}{found.public_id}/berkas/"
    head = client.head(address)
    assert (head.status_code, head["Content-Length"], head["Accept-Ranges"]) == (200, "6", "none")
    for close in head._resource_closers:
        close()
    assert not AuditEntry.objects.filter(verb="export.downloaded").exists()
    answer = client.get(address, headers={"Range": "bytes=2-3"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"kode\r\n")
    assert AuditEntry.objects.filter(verb="export.downloaded").count() == 1
    Grant.objects.filter(person=found.person).update(ends_at=AT)
    assert browser(found).head(address).status_code == 403


def test_file_of_somebody_else_is_404_and_one_beyond_her_rights_403() -> None:
    place = scenes.regency()
    found = ready(place, datetime.now(UTC))
    stranger = signed_in("administrator", place)
    for address in ("", "berkas/", "hapus/"):
        assert stranger.get(f"{LIST}{found.public_id}/{address}").status_code == 404
    for address in ("batalkan/", "hapus/"):
        assert stranger.post(f"{LIST}{found.public_id}/{address}").status_code == 404
    Grant.objects.filter(person=found.person).update(unit=place.works)
    answer = browser(found).get(f"{LIST}{found.public_id}/berkas/")
    assert (answer.status_code, "tidak lagi mencakup" in answer.content.decode()) == (403, True)
    assert Client().get(f"{LIST}{found.public_id}/berkas/").status_code == 302
    Grant.objects.filter(person=found.person).update(ends_at=AT)
    assert browser(found).get(f"{LIST}{found.public_id}/berkas/").status_code == 403
    assert Export.objects.filter(pk=found.pk).exists()


def test_failed_one_says_why() -> None:
    found = ready(scenes.regency(), state=State.FAILED, problem="too_long", storage_key="", made_at=None)
    page = browser(found).get(f"{LIST}{found.public_id}/").content.decode()
    assert ("1.048.575" in page, "Gagal" in page, "berkas/" in page) == (True, True, False)


def test_list_is_ones_own_is_searched_filtered_and_paged(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    place = scenes.regency()
    found = ready(place, datetime.now(UTC), words="Kata: jembatan")
    ready(place, person=found.person, state=State.FAILED, kind="people", problem="broken")
    ready(place, words="Milik orang lain")
    client = browser(found)

    def rows(query: str = "") -> int:
        return len(client.get(f"{LIST}{query}").context["table"]["rows"])

    assert [
        rows(query) for query in ("", "?q=jembatan", "?isi=people", "?keadaan=ready", "?keadaan=queued")
    ] == [2, 1, 1, 1, 0]
    assert client.get(f"{LIST}?keadaan=apa").status_code == 422
    with django_assert_num_queries(4):
        client.get(LIST)
    for turn in range(31):
        ready(place, AT + timedelta(minutes=turn), person=found.person, state=State.EXPIRED)
    with django_assert_num_queries(4):
        first = client.get(LIST)
    assert len(first.context["table"]["rows"]) == 30
    assert len(client.get(first.context["next_url"]).context["table"]["rows"]) == 3


def test_empty_list_says_what_comes_here() -> None:
    client = signed_in("moderator", scenes.regency())
    page = client.get(LIST).content.decode()
    assert ("Belum ada unduhan" in page, "Unduhan saya" in page) == (True, True)
    assert "Tidak ada berkas yang cocok" in client.get(f"{LIST}?q=apa").content.decode()


def test_one_is_cancelled_and_removed_after_a_question() -> None:
    place = scenes.regency()
    found = ready(place, state=State.QUEUED, storage_key="", made_at=None)
    client = browser(found)
    assert client.post(f"{LIST}{found.public_id}/hapus/").status_code == 409
    assert client.post(f"{LIST}{found.public_id}/batalkan/").url == LIST
    assert client.post(f"{LIST}{found.public_id}/batalkan/").status_code == 409
    assert "Hapus berkas ini?" in client.get(f"{LIST}{found.public_id}/hapus/").content.decode()
    assert client.post(f"{LIST}{found.public_id}/hapus/").url == LIST
    assert not Export.objects.exists()


def test_several_are_removed_after_a_question_that_names_the_count() -> None:
    place = scenes.regency()
    first = ready(place)
    second, other = ready(place, person=first.person), ready(place)
    client = browser(first)
    ticked = {"selected": [first.public_id, second.public_id, other.public_id, "x"], "act": "hapus"}
    question = client.post(f"{LIST}pilihan/", ticked).content.decode()
    assert "Hapus 2 berkas?" in question
    assert Export.objects.count() == 3
    assert client.post(f"{LIST}pilihan/", {**ticked, "confirm": "1"}).url == LIST
    assert list(Export.objects.all()) == [other]
    assert client.post(f"{LIST}pilihan/", {"act": "hapus"}).status_code == 303
