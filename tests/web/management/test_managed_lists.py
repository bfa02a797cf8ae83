"""The pages that all managed lists share, and holidays: filters, order, several at once, deleting, two who edit."""

from datetime import date

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.management.actions import lists
from rembuk.management.facts import ReasonFacts
from rembuk.programs.models import KindOfPhase
from rembuk.proposals.actions.moderate import reject_proposal
from rembuk.taxonomy.models import ReasonCode, TextTemplate
from rembuk.workdays.models import Holiday
from tests import people, scenes
from tests.web.management.pages import K, refused, signed_in
from tests.web.management.test_categories_many import sent_of

pytestmark = pytest.mark.django_db
HERE = f"{K}pengaturan/"
ROWS = {
    "alasan/": (ReasonCode, "code"),
    "templat/": (TextTemplate, "pk"),
    "fase/": (KindOfPhase, "code"),
}


def stocked() -> scenes.Regency:
    """A regency with three rows in each list."""
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    ReasonCode.objects.all().delete()
    TextTemplate.objects.all().delete()
    for number, code in enumerate(("satu", "dua", "tiga")):
        facts = ReasonFacts(label=code.title(), label_en=f"Reason {number}", uses=["reject"])
        lists.create_reason(code, facts, by=by)
        TextTemplate.objects.create(title=code.title(), use="answer", body=f"Isi {code}", position=number)
    return place


@pytest.mark.parametrize("path", ROWS)
def test_list_moves_by_button_and_by_dragging_and_refuses_who_was_overtaken(path: str) -> None:
    place = stocked()
    model, key = ROWS[path]
    client, rows = signed_in("administrator", place), list(model.objects.all())
    keys = [str(getattr(row, key)) for row in rows]
    here = f"{HERE}{path}"
    seen = client.get(here).context["stamp"]
    assert client.post(f"{here}{keys[0]}/geser/", {"arah": "turun"}).status_code == 303
    assert [str(getattr(row, key)) for row in model.objects.all()][:2] == [keys[1], keys[0]]
    assert client.post(f"{here}{keys[0]}/geser/", {"setelah": keys[2], "dilihat": seen}).status_code == 409
    now = client.get(here).context["stamp"]
    moved = client.post(f"{here}{keys[0]}/geser/", {"setelah": keys[2], "dilihat": now})
    assert (moved.status_code, moved["Location"].partition("#")[0]) == (303, here)
    assert [str(getattr(row, key)) for row in model.objects.all()][:3] == [keys[1], keys[2], keys[0]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=sat", ["Satu"]),
        ("keadaan=nonaktif", ["Dua"]),
        ("untuk=answer", []),
        ("untuk=reject", ["Satu", "Dua", "Tiga"]),
    ],
)
def test_reasons_are_searched_and_filtered(query: str, found: list[str]) -> None:
    place = stocked()
    ReasonCode.objects.filter(code="dua").update(is_active=False)
    context = signed_in("administrator", place).get(f"{HERE}alasan/?{query}").context
    assert [row["label"] for group in context["groups"] for row in group["rows"]] == found
    assert (context["is_ordered"], len(context["active"])) == (False, 1)


def test_templates_are_found_by_use_and_kinds_by_purpose() -> None:
    client = signed_in("administrator", stocked())
    for path, some in (
        ("templat/?untuk=answer", 3),
        ("templat/?untuk=reject", 0),
        ("fase/?sifat=evaluation", 1),
    ):
        assert sum(len(group["rows"]) for group in client.get(f"{HERE}{path}").context["groups"]) == some


def test_an_empty_list_says_so_and_offers_to_begin() -> None:
    place = stocked()
    TextTemplate.objects.all().delete()
    page = signed_in("administrator", place).get(f"{HERE}templat/").content.decode()
    assert "Belum ada isi" in page
    assert f'href="{HERE}templat/baru/"' in page


def test_several_are_retired_after_a_question_that_names_the_count() -> None:
    client, here = signed_in("administrator", stocked()), f"{HERE}alasan/massal/"
    sent = {"act": "nonaktif", "selected": ["satu", "tiga", "lain"]}
    assert "2 baris dipilih" in client.post(here, sent).content.decode()
    assert ReasonCode.objects.filter(is_active=False).count() == 0
    assert client.post(here, {**sent, "confirm": "1"}).status_code == 303
    assert set(ReasonCode.objects.filter(is_active=False).values_list("code", flat=True)) == {"satu", "tiga"}
    mixed = client.post(here, {"act": "aktif", "selected": ["satu", "dua"], "confirm": "1"})
    assert [name for name, _why in mixed.context["refused"]] == ["Dua"]
    assert client.post(here, {"act": "aktif"})["Location"] == f"{HERE}alasan/"


def test_unused_reason_is_deleted_and_a_cited_one_says_how_often_and_is_replaced() -> None:
    place = stocked()
    client, here = signed_in("administrator", place), f"{HERE}alasan/"
    old = ReasonCode.objects.get(code="satu")
    reject_proposal(
        scenes.submitted(place),
        by=people.staff("moderator", place.root),
        reason=old,
        message="Sudah ada yang sama.",
    )
    page = client.get(f"{here}satu/").content.decode()
    assert "1 keputusan mengutip alasan ini" in page
    assert f"{here}satu/hapus/" not in page
    assert "dikutip 1 keputusan" in client.get(here).content.decode()
    assert client.post(f"{here}satu/hapus/", {"reason": "Salah"}).status_code == 409
    assert refused(client.post(f"{here}satu/ganti/", {"into": "satu", "reason": "x"})) == (422, True)
    assert client.post(f"{here}satu/ganti/", {"into": "dua", "reason": "Lebih jelas"}).status_code == 303
    assert "Alasan ini sudah diganti" in client.get(f"{here}satu/").content.decode()
    assert refused(client.post(f"{here}tiga/hapus/", {"reason": ""})) == (422, True)
    assert client.post(f"{here}tiga/hapus/", {"reason": "Tidak dipakai"}).status_code == 303
    assert client.get(f"{here}tiga/").status_code == 404


def test_text_template_is_previewed_and_copied() -> None:
    client = signed_in("administrator", stocked())
    row = TextTemplate.objects.get(title="Satu")
    page = client.get(f"{HERE}templat/{row.pk}/").content.decode()
    assert f"{HERE}templat/baru/?salin={row.pk}" in page
    form = client.get(f"{HERE}templat/baru/?salin={row.pk}").context["form"]
    assert (form["title"].value(), form["body"].value()) == ("Satu (salinan)", "Isi satu")
    for odd in ("x", "999999", "²"):
        assert client.get(f"{HERE}templat/baru/?salin={odd}").context["form"]["title"].value() is None


def test_reason_edited_by_two_shows_both_values_and_keeps_ticks_that_were_not_touched() -> None:
    place = stocked()
    client, here = signed_in("administrator", place), f"{HERE}alasan/satu/"
    sent = {**sent_of(client, here), "uses": ["reject"]}
    signed_in("administrator", place).post(
        here, {**sent_of(client, here), "uses": ["reject", "return"], "label": "Satu A"}
    )
    late = client.post(here, {**sent, "label": "Satu B"})
    assert late.status_code == 409
    rows = {row.label: (row.before, row.now, row.is_mine) for row in late.context["sight"].clash.rows}
    assert rows["Kata dalam bahasa Indonesia"] == ("Satu", "Satu A", True)
    assert late.context["form"]["uses"].value() == ["reject", "return"]
    assert ReasonCode.objects.get(code="satu").label == "Satu A"
    again = {**sent, "uses": ["reject", "return"], "label": "Satu B", "seen": late.context["sight"].mark}
    assert client.post(here, again).status_code == 303


@pytest.mark.parametrize("path", ["alasan/", "templat/", "fase/", "fase/templat/", "hari-libur/"])
def test_lists_belong_to_the_whole_instansi(path: str) -> None:
    place = stocked()
    for client in (signed_in("administrator", place, "works"), signed_in("moderator", place)):
        assert client.get(f"{HERE}{path}").status_code == 403
        assert (
            client.post(
                f"{HERE}{path}massal/", {"act": "nonaktif", "selected": "satu", "confirm": "1"}
            ).status_code
            == 403
        )
    assert ReasonCode.objects.filter(is_active=False).count() == 0


def test_holidays_are_filtered_paged_and_removed_together() -> None:
    place = stocked()
    Holiday.objects.filter(on__year=2031).delete()
    for number in range(61):
        on = date.fromordinal(date(2031, 1, 1).toordinal() + number)
        Holiday.objects.create(
            on=on, name="Libur" if number else "Tahun Baru", kind="leave" if number else "public"
        )
    client, here = signed_in("administrator", place), f"{HERE}hari-libur/"
    first = client.get(f"{here}?tahun=2031")
    assert ">Rabu, 1 Januari 2031: Tahun Baru<" in first.content.decode()
    assert (len(first.context["rows"]), bool(first.context["next_url"])) == (60, True)
    assert len(client.get(first.context["next_url"]).context["rows"]) == 1
    for query, found in (
        ("q=tahun", 1),
        ("jenis=public", 1),
        ("cakupan=daerah", 0),
        ("cakupan=nasional&q=libur", 60),
    ):
        assert len(client.get(f"{here}?tahun=2031&{query}").context["rows"]) == found
    some = [str(row.pk) for row in Holiday.objects.filter(on__year=2031)[:2]]
    sent = {"act": "hapus", "selected": some}
    many = f"{here}massal/?tahun=2031"
    assert "2 baris dipilih" in client.post(many, sent).content.decode()
    assert refused(client.post(many, {**sent, "confirm": "1"})) == (422, True)
    assert client.post(many, {**sent, "confirm": "1", "reason": "Keliru"}).status_code == 303
    assert "59 baris dipilih" in client.post(many, {"act": "tahun"}).content.decode()
    assert client.post(many, {"act": "tahun", "confirm": "1", "reason": "Keliru"}).status_code == 303
    assert not Holiday.objects.filter(on__year=2031).exists()
    assert (
        client.post(many, {"act": "tahun", "confirm": "1", "reason": "Keliru"})["Location"]
        == f"{here}?tahun=2031"
    )
    assert AuditEntry.objects.filter(verb="holiday.removed").count() == 61


def test_a_year_is_taken_over_after_a_look() -> None:
    place = stocked()
    client, here = signed_in("administrator", place), f"{HERE}hari-libur/tahun/"
    assert client.get(f"{here}?tahun=2032").context["form"]["year"].value() == 2032
    assert refused(client.post(here, {"year": "1900", "preview": "1"})) == (422, True)
    look = client.post(here, {"year": "2032", "preview": "1"})
    fresh = look.context["fresh"]
    assert any("Kemerdekaan" in name for name in fresh)
    assert not Holiday.objects.filter(on__year=2032).exists()
    assert client.post(here, {"year": "2032", "confirm": "1"})["Location"] == f"{HERE}hari-libur/?tahun=2032"
    assert Holiday.objects.filter(on__year=2032).count() == len(fresh)


def test_holiday_edited_by_two_shows_both_values() -> None:
    place = stocked()
    row = Holiday.objects.create(on=date(2031, 3, 4), name="Hari Jadi", kind="public")
    client, here = signed_in("administrator", place), f"{HERE}hari-libur/{row.pk}/"
    sent = {**sent_of(client, here), "on": "2031-03-04"}
    signed_in("administrator", place).post(here, {**sent, "name": "Hari Jadi Kabupaten"})
    assert client.post(here, {**sent, "name": "Hari Jadi Kota"}).status_code == 409
    row.refresh_from_db()
    assert row.name == "Hari Jadi Kabupaten"
