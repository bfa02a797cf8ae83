"""Hak akses in the browser: search, many at once, another end, two people for an administrator, files."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from rembuk.access.models import Grant, GrantRequest
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from tests import people, scenes
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
LIST = f"{K}hak-akses/"
WHY = {"reason": "Masa tugas selesai"}
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def as_person(person: Person) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(person)
    return client


def named(client: Client, query: str) -> set[str]:
    """Whose grants the list shows, by the words of the page."""
    page = client.get(f"{LIST}{query}").content.decode()
    return {name for name in ("Ani Lestari", "Beni Saputra", "Cici Amelia") if f">{name}</a>" in page}


def test_list_finds_by_name_address_sign_in_name_standing_and_giver() -> None:
    place = scenes.regency()
    giver = people.staff("unit-admin", place.works, "Gita Utami")
    people.grant(people.citizen("Ani Lestari"), "moderator", place.works, given_by=giver)
    people.grant(people.citizen("Beni Saputra", email="beni@contoh.id"), "moderator", place.works)
    desk = people.citizen("Cici Amelia", sign_in_name="cici22")
    plh = {"standing": "plh", "standing_title": "Kepala Dinas", "ends_at": NOW + DAY}
    people.grant(desk, "moderator", place.works, **plh)
    client = signed_in("administrator", place)
    assert named(client, "?q=ani lest") == {"Ani Lestari"}
    assert named(client, "?q=beni@c") == {"Beni Saputra"}
    assert named(client, "?q=cici22") == {"Cici Amelia"}
    assert named(client, "?jenis=plh") == {"Cici Amelia"}
    assert named(client, "?jenis=jabatan") == {"Ani Lestari", "Beni Saputra"}
    assert named(client, "?oleh=gita") == {"Ani Lestari"}
    assert named(client, "?q=siapa pun") == set()
    assert "Plh. Kepala Dinas" in client.get(LIST).content.decode()


def test_list_shows_figures_with_those_that_end_soon() -> None:
    place = scenes.regency()
    people.grant(people.citizen(), "moderator", place.works, ends_at=NOW + 5 * DAY)
    stats = signed_in("administrator", place).get(LIST).context["stats"]
    assert [stat["value"] for stat in stats] == [2, 1, 0, 0]


def test_many_end_after_a_question_that_names_the_count() -> None:
    place = scenes.regency()
    grants = [people.staff("moderator", place.works, f"Orang {n}").grants.get() for n in range(3)]
    client = signed_in("administrator", place)
    sent = {"step": "akhiri", "selected": [grant.pk for grant in grants[:2]]}
    question = client.post(f"{LIST}pilihan/", sent)
    page = question.content.decode()
    assert (question.status_code, "2 penugasan" in page, "Orang 0" in page, "Orang 2" in page) == (
        200,
        True,
        True,
        False,
    )
    assert refused(client.post(f"{LIST}pilihan/", {**sent, "confirm": "1"})) == (422, True)
    assert client.post(f"{LIST}pilihan/", {**sent, "confirm": "1", **WHY}).status_code == 303
    assert [
        grant.ends_at is None for grant in Grant.objects.filter(pk__in=[g.pk for g in grants]).order_by("pk")
    ] == [
        False,
        False,
        True,
    ]


def test_all_found_end_but_ones_own_and_what_one_may_not() -> None:
    place = scenes.regency()
    people.staff("moderator", place.works, "Ani Lestari")
    administrator = people.staff("administrator", place.works, "Beni Saputra")
    me = people.staff("unit-admin", place.works)
    client, here = as_person(me), f"{LIST}pilihan/?satuan={place.works.code}"
    found = client.get(f"{LIST}?satuan={place.works.code}").context["bulk"]["found"]
    page = client.post(here, {"step": "akhiri", "semua": "1"})
    assert [grant.person.name for grant in page.context["taken"]] == ["Ani Lestari"]
    assert [row["grant"].person for row in page.context["refused"]] == [me, administrator]
    assert len(page.context["taken"]) + len(page.context["refused"]) == found
    assert me.grants.get().ends_at is None


def test_many_with_nothing_chosen_an_unknown_step_or_a_strange_key_end_nothing() -> None:
    client = signed_in("administrator", scenes.regency())
    assert client.post(f"{LIST}pilihan/", {"step": "akhiri"}).status_code == 303
    assert client.post(f"{LIST}pilihan/", {"step": "akhiri", "selected": "x"}).status_code == 303
    assert client.post(f"{LIST}pilihan/", {"step": "lain"}).status_code == 404
    assert Grant.objects.filter(ends_at=None).count() == 1


def test_many_that_changed_meanwhile_end_nothing() -> None:
    place = scenes.regency()
    grants = [people.staff("moderator", place.works).grants.get() for _ in range(2)]
    client = signed_in("administrator", place)
    sent = {"step": "akhiri", "selected": [grant.pk for grant in grants], "confirm": "1", **WHY}
    grants[0].delete()
    assert refused(client.post(f"{LIST}pilihan/", sent)) == (422, True)
    assert Grant.objects.get(pk=grants[1].pk).ends_at is None


def test_give_to_many_shows_whom_it_reaches_then_gives_it_to_all() -> None:
    place = scenes.regency()
    ani, cici = people.citizen("Ani Lestari"), people.citizen("Cici Amelia", sign_in_name="cici22")
    client, here = signed_in("administrator", place), f"{LIST}beri-banyak/"
    assert client.get(here).status_code == 200
    sent = {
        "people": f"{ani.email}\nCICI22, {ani.email}",
        "role": "moderator",
        "unit": place.works.code,
        **WHY,
    }
    preview = client.post(here, sent)
    assert (preview.status_code, "2 orang" in preview.content.decode()) == (200, True)
    assert not Grant.objects.filter(role__slug="moderator").exists()
    assert "Masa tugas selesai" in client.post(here, {**sent, "change": "1"}).content.decode()
    assert client.post(here, {**sent, "confirm": "1"}).status_code == 303
    assert {row.person for row in Grant.objects.filter(role__slug="moderator")} == {ani, cici}


def test_give_to_many_tells_each_mistake_and_gives_nobody() -> None:
    place = scenes.regency()
    me = people.staff("unit-admin", place.works)
    good, held = people.citizen(), people.staff("moderator", place.works)
    away = people.citizen(is_active=False)
    words = [good.email, held.email, away.email, me.email, "tidak@ada.id"]
    sent = {"people": " ".join(words), "role": "moderator", "unit": place.works.code, "confirm": "1", **WHY}
    answer = as_person(me).post(f"{LIST}beri-banyak/", sent)
    assert (answer.status_code, answer.context["bad"], answer.context["good"]) == (422, 4, 1)
    assert all(word in answer.content.decode() for word in words)
    assert not good.grants.exists()


@pytest.mark.parametrize(
    ("role", "changes", "status"),
    [
        ("administrator", {}, 403),
        ("moderator", {"standing": "plh", "standing_title": "Kepala"}, 422),
        ("moderator", {"reason": ""}, 422),
        ("moderator", {"people": " , "}, 422),
        ("moderator", {"people": " ".join(f"a{n}@b.id" for n in range(501))}, 422),
    ],
)
def test_give_to_many_with_bad_terms_keeps_what_was_typed(
    role: str, changes: dict[str, str], status: int
) -> None:
    place = scenes.regency()
    sent = {"people": people.citizen().email, "role": role, "unit": place.root.code, **WHY, **changes}
    answer = signed_in("administrator", place).post(f"{LIST}beri-banyak/", sent)
    assert refused(answer) == (status, True)
    assert answer.context["form"]["role"].value() == role
    assert AuditEntry.objects.filter(verb="access.denied").count() == (status == 403)


def test_end_moves_with_a_reason_and_never_ones_own() -> None:
    place = scenes.regency()
    grant = people.staff("moderator", place.works).grants.get()
    client = signed_in("administrator", place)
    here = f"{LIST}{grant.pk}/akhir/"
    assert client.get(here).context["form"]["until"].value() is None
    assert refused(client.post(here, {"until": "2020-01-01", **WHY})) == (422, True)
    assert client.post(here, {"until": "2031-12-31", **WHY}).status_code == 303
    grant.refresh_from_db()
    assert grant.ends_at is not None
    shown = client.get(here).content.decode()
    assert "31 Desember 2031." in shown
    assert 'value="2031-12-31"' in shown
    assert "&lt;time" not in shown
    own = Grant.objects.get(role__slug="administrator")
    assert client.post(f"{LIST}{own.pk}/akhir/", {"until": "2031-12-31", **WHY}).status_code == 403


def test_end_sent_untouched_moves_nothing_at_whatever_hour_it_ends() -> None:
    place = scenes.regency()
    noon = datetime(2031, 12, 5, 5, 30, tzinfo=UTC)
    people.grant(people.citizen(), "moderator", place.works, ends_at=noon)
    grant = Grant.objects.get(role__slug="moderator")
    client, here = signed_in("administrator", place), f"{LIST}{grant.pk}/akhir/"
    day = client.get(here).context["form"]["until"].value()
    answer = client.post(here, {"until": day.isoformat(), **WHY})
    grant.refresh_from_db()
    assert (day.isoformat(), refused(answer), grant.ends_at) == ("2031-12-05", (422, True), noon)


def test_ones_own_grant_and_account_open_no_form() -> None:
    place = scenes.regency()
    people.staff("administrator", place.root, "Beni Saputra")
    me = people.staff("administrator", place.root)
    own, client = me.grants.get(), as_person(me)
    for path in (
        f"hak-akses/{own.pk}/akhiri/",
        f"hak-akses/{own.pk}/akhir/",
        f"pengguna/{me.public_id}/tangguhkan/",
    ):
        page = client.get(f"{K}{path}")
        assert (page.status_code, 'name="reason"' in page.content.decode()) == (403, False)
    reasons = AuditEntry.objects.filter(verb="access.denied").values_list("reason", flat=True)
    assert len(reasons) == 3


def test_what_is_denied_stays_in_the_form_and_in_the_trail() -> None:
    place = scenes.regency()
    me = people.staff("unit-admin", place.works)
    own, client = me.grants.get(), as_person(me)
    why = {"reason": "Kata yang panjang sekali"}
    given = {"email": me.email, "role": "moderator", "unit": place.works.code, "letter": "800/12", **why}
    beyond = {**given, "email": people.citizen().email, "unit": place.health.code}
    sent = (
        ("hak-akses/beri/", given),
        ("hak-akses/beri/", beyond),
        (f"hak-akses/{own.pk}/akhiri/", why),
        (f"hak-akses/{own.pk}/akhir/", {"until": "2031-12-31", **why}),
        (f"pengguna/{me.public_id}/tangguhkan/", why),
    )
    for count, (path, typed) in enumerate(sent, start=1):
        answer = client.post(f"{K}{path}", typed)
        page = answer.content.decode()
        denied = AuditEntry.objects.filter(verb="access.denied").order_by("pk")
        assert refused(answer) == (403, True)
        assert all(word in page for word in typed.values() if word)
        assert denied.count() == count
        assert denied.last().reason in page  # type: ignore[union-attr]
    assert Grant.objects.filter(ends_at=None).count() == 1


def test_delegation_is_given_with_post_letter_and_an_end() -> None:
    place, joko = scenes.regency(), people.citizen("Joko Susilo")
    client = signed_in("administrator", place)
    sent = {
        "email": joko.email,
        "role": "unit-admin",
        "unit": place.health.code,
        "standing": "plh",
        "standing_title": "Kepala Dinas Kesehatan",
        "letter": "800/12",
        **WHY,
    }
    assert refused(client.post(f"{LIST}beri/", sent)) == (422, True)
    assert client.post(f"{LIST}beri/", {**sent, "until": "2031-12-31"}).status_code == 303
    grant = joko.grants.get()
    assert (grant.standing, grant.standing_title, grant.letter) == ("plh", "Kepala Dinas Kesehatan", "800/12")


def asked(place: scenes.Regency, client: Client) -> GrantRequest:
    """A request made in the browser."""
    sent = {
        "email": people.citizen("Cici Amelia").email,
        "role": "administrator",
        "unit": place.root.code,
        **WHY,
    }
    answer = client.post(f"{LIST}beri/", sent)
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}permintaan/")
    return GrantRequest.objects.get()


def test_administrator_is_asked_for_and_a_second_person_approves() -> None:
    place = scenes.regency()
    ani, beni = (people.staff("administrator", place.root, name) for name in ("Ani Lestari", "Beni Saputra"))
    request = asked(place, as_person(ani))
    here = f"{LIST}permintaan/"
    assert "Cici Amelia" in as_person(ani).get(here).content.decode()
    assert f"{here}{request.public_id}/approve/" not in as_person(ani).get(here).content.decode()
    assert f"{here}{request.public_id}/approve/" in as_person(beni).get(here).content.decode()
    assert as_person(ani).get(f"{here}{request.public_id}/approve/").status_code == 403
    assert as_person(ani).post(f"{here}{request.public_id}/approve/", WHY).status_code == 403
    assert as_person(beni).get(f"{here}{request.public_id}/approve/").status_code == 200
    assert as_person(beni).post(f"{here}{request.public_id}/approve/", WHY).status_code == 303
    assert as_person(beni).post(f"{here}{request.public_id}/refuse/", WHY).status_code == 409
    assert request.person.grants.get().role.slug == "administrator"
    assert "Disetujui" in as_person(ani).get(here).content.decode()


def test_request_is_refused_taken_back_or_not_there() -> None:
    place = scenes.regency()
    ani, beni = (people.staff("administrator", place.root, name) for name in ("Ani Lestari", "Beni Saputra"))
    request = asked(place, as_person(ani))
    here = f"{LIST}permintaan/{request.public_id}/"
    assert as_person(beni).get(f"{here}withdraw/").status_code == 403
    assert as_person(beni).get(f"{here}lain/").status_code == 404
    assert refused(as_person(beni).post(f"{here}refuse/", {})) == (422, True)
    outside = people.staff("unit-admin", place.works)
    assert as_person(outside).post(f"{here}refuse/", WHY).status_code == 404
    assert as_person(ani).post(f"{here}withdraw/", WHY).status_code == 303
    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_page_of_a_site_with_one_administrator_names_the_command() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    assert "create-admin" not in client.get(f"{LIST}permintaan/").content.decode()
    asked(place, client)
    command = f"./rembuk create-admin --unit {place.root.code} --email"
    assert command in client.get(f"{LIST}permintaan/").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_holds_what_the_filters_found_and_is_recorded(kind: str) -> None:
    place = scenes.regency()
    ani = people.staff("moderator", place.works, "=Ani")
    people.staff("moderator", place.health, "Beni Saputra")
    client = signed_in("administrator", place)
    here = f"{LIST}ekspor/?satuan={place.works.code}"
    assert "1 penugasan" in client.get(here).content.decode()
    answer = client.post(here, {"bentuk": kind})
    body = b"".join(answer)
    if kind == "csv":
        text = body.decode("utf-8-sig")
    else:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0)
        text = "\n".join(",".join(map(str, row)) for row in sheet.to_python())
    assert ani.email in text
    assert "Beni" not in text
    assert "\n=Ani" not in text or kind == "xlsx"
    entry = AuditEntry.objects.get(verb="grant.exported")
    assert (entry.after["count"], entry.after["form"]) == (1, kind)


def test_export_is_for_holders_of_the_right_and_their_units() -> None:
    place = scenes.regency()
    people.staff("moderator", place.health, "Beni Saputra")
    assert signed_in("moderator", place).get(f"{LIST}ekspor/").status_code == 403
    answer = signed_in("unit-admin", place, "works").post(f"{LIST}ekspor/", {"bentuk": "csv"})
    assert "Beni" not in b"".join(answer).decode()


@pytest.mark.parametrize("path", ["", "ekspor/", "beri/", "beri-banyak/", "permintaan/"])
def test_pages_are_refused_to_others(path: str) -> None:
    assert signed_in("assessor", scenes.regency()).get(f"{LIST}{path}").status_code == 403
