"""Pengaturan: what each person may set, settings with the logo, page texts with preview, holidays, reasons."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.files.models import StoredFile
from rembuk.siteconfig import selectors
from rembuk.siteconfig.keys import ENTRIES
from rembuk.siteconfig.seeding import seed_pages
from rembuk.taxonomy.models import ReasonCode, TextTemplate
from rembuk.web.management.site.forms import GROUPS
from rembuk.workdays.models import Holiday
from tests import people, scenes
from tests.accounts import factor
from tests.files.uploads import picture
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
HERE = f"{K}pengaturan/"


def settings_sent(**changes: object) -> dict[str, object]:
    """The settings form as a browser sends it, with changes."""
    now = selectors.current()
    sent = {key: getattr(now, key) for _title, keys in GROUPS for key in keys}
    sent["registration_open"] = "on"
    return {**sent, "reason": "Rapat pimpinan", **changes}


def test_form_holds_every_setting_once() -> None:
    grouped = [key for _title, keys in GROUPS for key in keys]
    assert sorted([*grouped, "logo"]) == sorted(ENTRIES)


def test_settings_are_saved_and_hold_on_the_public_site() -> None:
    client = signed_in("administrator", scenes.regency())
    answer = client.post(f"{HERE}situs/", settings_sent(site_name="Suara Warga", moderation_days=5))
    assert (answer.status_code, selectors.current().moderation_days) == (303, 5)
    assert "Suara Warga" in Client().get("/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("accent", "#ffff00"),
        ("answer_days", 1),
        ("site_name", " "),
        ("zone", "UTC"),
        ("reason", ""),
        ("contact_email", "x"),
    ],
)
def test_settings_that_do_not_fit_are_shown_again_and_nothing_is_saved(field: str, value: object) -> None:
    client = signed_in("administrator", scenes.regency())
    answer = client.post(f"{HERE}situs/", settings_sent(tagline="Semboyan baru", **{field: value}))
    assert (refused(answer), list(answer.context["form"].errors)) == ((422, True), [field])
    assert "Semboyan baru" in answer.content.decode()
    assert selectors.current().tagline != "Semboyan baru"


def test_logo_is_shown_to_visitors_and_can_be_taken_away() -> None:
    client = signed_in("administrator", scenes.regency())
    logo = SimpleUploadedFile("logo.png", picture("PNG"), content_type="image/png")
    assert client.post(f"{HERE}situs/", settings_sent(logo_file=logo)).status_code == 303
    address = f"/merek/logo/{selectors.current().logo}"
    answer = Client().get(f"{address}?lebar=320")
    page = Client().get("/").content.decode()
    # 640 by 480 pixels, as high as the name beside it.
    assert f'<img src="{address}?lebar=320" alt="" width="59" height="44">' in page
    assert (answer.status_code, answer["Content-Type"], answer.cookies) == (200, "image/webp", {})
    assert "public" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    client.post(f"{HERE}situs/", settings_sent(logo_off="on"))
    assert "/merek/logo/" not in Client().get("/").content.decode()


@pytest.mark.parametrize(("size", "shown"), [((640, 160), (132, 33)), ((200, 400), (22, 44))])
def test_logo_keeps_its_proportions_and_leaves_room_for_the_name(
    size: tuple[int, int], shown: tuple[int, int]
) -> None:
    client = signed_in("administrator", scenes.regency())
    logo = SimpleUploadedFile("logo.png", picture("PNG", size), content_type="image/png")
    client.post(f"{HERE}situs/", settings_sent(logo_file=logo))
    assert f'width="{shown[0]}" height="{shown[1]}"' in Client().get("/").content.decode()


def test_logo_whose_file_is_gone_gives_way_to_the_mark() -> None:
    client = signed_in("administrator", scenes.regency())
    logo = SimpleUploadedFile("logo.png", picture("PNG"), content_type="image/png")
    client.post(f"{HERE}situs/", settings_sent(logo_file=logo))
    StoredFile.objects.all().delete()
    assert "/merek/logo/" not in Client().get("/").content.decode()


def test_logo_address_gives_no_other_file_away() -> None:
    from rembuk.audit.actors import SYSTEM
    from rembuk.files.actions import store_upload

    stored = store_upload(SimpleUploadedFile("foto.jpg", picture()), by=SYSTEM, purpose="proposal")
    assert Client().get(f"/merek/logo/{stored.public_id}").status_code == 404


def test_page_text_is_previewed_without_publishing_and_published_with_a_reason() -> None:
    seed_pages()
    client, here = signed_in("administrator", scenes.regency()), f"{HERE}halaman/help/id/"
    sent = {"title": "Bantuan", "body": "## Cara\n\n<script>x</script> **tebal**", "upon": 1}
    preview = client.post(here, {**sent, "preview": "1"}).content.decode()
    assert "<strong>tebal</strong>" in preview
    assert "<script>x" not in preview
    assert refused(client.post(here, sent)) == (422, True)
    assert client.post(here, {**sent, "reason": "Diperjelas"}).status_code == 303
    assert client.post(here, {**sent, "body": "Lain", "reason": "Diperjelas"}).status_code == 409
    public = Client().get("/bantuan/").content.decode()
    assert "<strong>tebal</strong>" in public
    assert Client().get("/bantuan/?versi=1").status_code == 200


def test_page_versions_lead_to_the_public_page_in_their_language() -> None:
    seed_pages()
    client = signed_in("administrator", scenes.regency())
    urls = {
        language: client.get(f"{HERE}halaman/about/{language}/").context["versions"][0]["url"]
        for language in ("id", "en")
    }
    assert urls == {"id": "/tentang/?versi=1", "en": "/en/tentang/?versi=1"}
    assert client.get(f"{HERE}halaman/about/jv/").status_code == 404
    assert client.get(f"{HERE}halaman/lain/id/").status_code == 404


def test_holiday_is_entered_changed_and_removed() -> None:
    client, here = signed_in("administrator", scenes.regency()), f"{HERE}hari-libur/"
    sent = {"on": "2031-03-04", "name": "Hari Jadi", "kind": "public", "region": "", "source": "Perda"}
    assert refused(client.post(f"{here}baru/", {**sent, "name": ""})) == (422, True)
    assert client.post(f"{here}baru/", sent)["Location"] == f"{here}?tahun=2031"
    assert refused(client.post(f"{here}baru/", sent)) == (422, True)
    holiday = Holiday.objects.get(on="2031-03-04")
    assert client.post(f"{here}{holiday.pk}/", {**sent, "name": "Hari Jadi Kabupaten"}).status_code == 303
    assert "Hari Jadi Kabupaten" in client.get(f"{here}?tahun=2031").content.decode()
    assert refused(client.post(f"{here}{holiday.pk}/hapus/", {})) == (422, True)
    assert client.post(f"{here}{holiday.pk}/hapus/", {"reason": "Keliru"}).status_code == 303
    assert client.get(f"{here}{holiday.pk}/").status_code == 404


def test_reason_is_made_edited_and_retired_and_its_code_stays() -> None:
    client, here = signed_in("administrator", scenes.regency()), f"{HERE}alasan/"
    sent = {
        "code": "kedaluwarsa",
        "label": "Kedaluwarsa",
        "label_en": "Out of date",
        "uses": ["reject"],
        "is_active": "on",
    }
    assert refused(client.post(f"{here}baru/", {**sent, "uses": []})) == (422, True)
    assert client.post(f"{here}baru/", sent).status_code == 303
    assert refused(client.post(f"{here}baru/", sent)) == (422, True)
    changed = {**sent, "code": "lain", "label": "Sudah kedaluwarsa", "is_active": ""}
    assert client.post(f"{here}kedaluwarsa/", changed).status_code == 303
    row = ReasonCode.objects.get(code="kedaluwarsa")
    assert (row.label, row.is_active) == ("Sudah kedaluwarsa", False)
    assert "Sudah kedaluwarsa" in client.get(here).content.decode()


def test_text_template_is_made_and_retired() -> None:
    client, here = signed_in("administrator", scenes.regency()), f"{HERE}templat/"
    sent = {
        "title": "Terima kasih",
        "use": "answer",
        "body": "Terima kasih atas usulan Anda.",
        "is_active": "on",
    }
    assert refused(client.post(f"{here}baru/", {**sent, "body": ""})) == (422, True)
    assert client.post(f"{here}baru/", sent).status_code == 303
    row = TextTemplate.objects.get(title="Terima kasih")
    assert client.post(f"{here}{row.pk}/", {**sent, "is_active": ""}).status_code == 303
    row.refresh_from_db()
    assert not row.is_active


@pytest.mark.parametrize(
    "path", ["", "situs/", "halaman/", "halaman/about/id/", "hari-libur/", "alasan/", "templat/"]
)
def test_settings_belong_to_the_whole_instansi(path: str) -> None:
    place = scenes.regency()
    assert signed_in("administrator", place).get(f"{HERE}{path}").status_code == 200
    assert signed_in("administrator", place, "works").get(f"{HERE}{path}").status_code == 403
    assert signed_in("auditor", place).get(f"{HERE}{path}").status_code == 403


@pytest.mark.parametrize("more", [1, 3])
def test_lists_ask_as_often_for_three_as_for_one(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in("administrator", scenes.regency())
    for number in range(more):
        Holiday.objects.create(on=f"2031-01-0{number + 1}", name="Libur", kind="public")
        TextTemplate.objects.create(title=f"T{number}", use="answer", body="x")
    client.get(HERE)
    for path, queries in (("hari-libur/?tahun=2031", 6), ("templat/", 4), ("alasan/", 5), ("halaman/", 4)):
        with django_assert_num_queries(queries):
            client.get(f"{HERE}{path}")


def two_factor_sent(days: int = 0, **changes: object) -> dict[str, object]:
    """Settings that demand a second factor of staff, with days of grace."""
    return settings_sent(staff_two_factor="required", staff_two_factor_days=days, **changes)


def test_settings_that_close_the_desk_to_staff_at_once_are_asked_about_first() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    factor.enrolled(people.staff("moderator", place.works))
    people.staff("assessor", place.works)
    answer = client.post(f"{HERE}situs/", two_factor_sent(tagline="Semboyan baru"))
    page = answer.content.decode()
    assert (answer.status_code, selectors.current().staff_two_factor) == (200, "off")
    found = answer.context["found"]
    assert (found.without, found.at_once, found.is_oneself) == (2, 2, True)
    assert "Anda termasuk di antaranya" in page
    assert 'value="Semboyan baru"' in page
    back = client.post(f"{HERE}situs/", two_factor_sent(tagline="Semboyan baru", edit="1"))
    assert "Semboyan baru" in back.content.decode()
    assert selectors.current().staff_two_factor == "off"
    hidden = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page))
    assert client.post(f"{HERE}situs/", {**hidden, "confirm": "1"}).status_code == 303
    now = selectors.current()
    assert (now.staff_two_factor, now.staff_two_factor_days, now.tagline) == ("required", 0, "Semboyan baru")
    assert now.registration_open


def test_settings_that_leave_days_of_grace_or_demand_no_more_are_saved_at_once() -> None:
    client = signed_in("administrator", scenes.regency())
    assert client.post(f"{HERE}situs/", two_factor_sent(14)).status_code == 303
    assert client.post(f"{HERE}situs/", two_factor_sent(20)).status_code == 303
    answer = client.post(f"{HERE}situs/", two_factor_sent(0))
    assert (answer.status_code, selectors.current().staff_two_factor_days) == (200, 20)
    assert client.post(f"{HERE}situs/", two_factor_sent(3)).status_code == 303
    assert client.post(f"{HERE}situs/", settings_sent(staff_two_factor="off")).status_code == 303


def test_a_new_logo_is_asked_for_again_with_the_question() -> None:
    client = signed_in("administrator", scenes.regency())
    logo = SimpleUploadedFile("logo.png", picture("PNG"), content_type="image/png")
    page = client.post(f"{HERE}situs/", two_factor_sent(logo_file=logo)).content.decode()
    assert 'type="file"' in page
    assert 'type="file"' not in client.post(f"{HERE}situs/", two_factor_sent()).content.decode()
