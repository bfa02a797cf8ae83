"""Pengguna: search without giving addresses away, a page that records its reading, invitation, suspension."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.access.models import GrantRequest, Role
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.clock import local_date
from tests import people, scenes
from tests.accounts import factor, post
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
LIST = f"{K}pengguna/"
WHY = {"reason": "Melanggar pedoman komunitas berulang kali"}


def names(client: Client, query: str = "") -> list[str]:
    """Names in the list, in order."""
    rows = client.get(f"{LIST}{query}").context["table"]["rows"]
    return [re.findall(r">([^<]+)</a>", row[0])[0] for row in rows]


def page_of(person: Person) -> str:
    """The address of a person's page."""
    return f"{LIST}{person.public_id}/"


def test_list_shows_staff_first_and_everybody_on_request() -> None:
    place = scenes.regency()
    people.citizen("Sari")
    client = signed_in("administrator", place)
    assert names(client) == ["Ratna Dewi"]
    assert sorted(names(client, "?siapa=semua")) == ["Ratna Dewi", "Sari"]
    assert names(client, "?keadaan=ditangguhkan") == []
    assert names(client, "?keadaan=diundang") == []


@pytest.mark.parametrize(
    ("q", "found"), [("sari wul", True), ("SARI@", True), ("wulandari@contoh", False), ("budi", False)]
)
def test_search_finds_by_words_of_the_name_or_the_beginning_of_the_address(q: str, found: bool) -> None:
    place = scenes.regency()
    people.citizen("Sari Wulandari", email="sari@contoh.id")
    assert names(signed_in("administrator", place), f"?q={q}") == (["Sari Wulandari"] if found else [])


def test_list_gives_no_whole_address_away() -> None:
    place = scenes.regency()
    people.citizen("Sari", email="sari.wulandari@contoh.id")
    page = signed_in("administrator", place).get(f"{LIST}?q=sari").content.decode()
    assert "sari.wulandari@contoh.id" not in page
    assert "sa…@contoh.id" in page


def test_page_shows_the_address_and_records_that_it_was_seen() -> None:
    place = scenes.regency()
    sari = people.citizen("Sari", email="sari@contoh.id")
    answer = signed_in("administrator", place).get(page_of(sari))
    entry = AuditEntry.objects.get(verb="person.data_seen")
    assert "sari@contoh.id" in answer.content.decode()
    assert entry.target_key == str(sari.pk)


def test_people_without_a_role_in_ones_units_are_not_found_and_not_recorded() -> None:
    place = scenes.regency()
    client = signed_in("unit-admin", place, "works")
    elsewhere, mine = people.staff("moderator", place.health), people.staff("moderator", place.roads, "Tono")
    for person in (people.citizen(), elsewhere):
        assert client.get(page_of(person)).status_code == 404
        assert client.post(f"{page_of(person)}tangguhkan/", WHY).status_code == 404
    assert client.get(page_of(mine)).status_code == 200
    assert sorted(names(client, "?siapa=semua")) == ["Ratna Dewi", "Tono"]
    assert AuditEntry.objects.filter(verb="person.data_seen").count() == 1


def test_invite_sends_a_letter_and_the_person_stands_in_the_list_of_the_invited() -> None:
    place = scenes.regency()
    client = signed_in("unit-admin", place, "works")
    sent = {
        "name": "Dewi Lestari",
        "email": "dewi@contoh.id",
        "language": "id",
        "role": "moderator",
        "unit": place.roads.code,
        "reason": "SK 12/2026",
    }
    assert refused(client.post(f"{LIST}undang/", {**sent, "role": "administrator"})) == (422, True)
    assert refused(client.post(f"{LIST}undang/", {**sent, "since": "2020-01-01"})) == (422, True)
    assert client.post(f"{LIST}undang/", sent).status_code == 303
    assert post.waiting() == [("invitation", "dewi@contoh.id")]
    assert names(client, "?keadaan=diundang") == ["Dewi Lestari"]
    dewi = Person.objects.get(email="dewi@contoh.id")
    assert client.post(f"{page_of(dewi)}undang-lagi/").status_code == 303
    assert len(post.waiting()) == 2


def test_invite_into_a_unit_of_others_is_denied() -> None:
    place = scenes.regency()
    sent = {"name": "D", "email": "d@contoh.id", "language": "id", "role": "moderator", "reason": "SK"}
    answer = signed_in("unit-admin", place, "works").post(
        f"{LIST}undang/", {**sent, "unit": place.health.code}
    )
    assert (answer.status_code, Person.objects.filter(email="d@contoh.id").exists()) == (403, False)


def test_suspend_and_lift_ask_why_and_the_reason_is_kept_when_the_rest_is_wrong() -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    client = signed_in("administrator", place)
    answer = client.post(f"{page_of(sari)}tangguhkan/", {**WHY, "until": "2020-01-01"})
    assert refused(answer) == (422, True)
    assert WHY["reason"] in answer.content.decode()
    assert refused(client.post(f"{page_of(sari)}tangguhkan/", {"reason": "Nakal"})) == (422, True)
    assert client.post(f"{page_of(sari)}tangguhkan/", WHY).status_code == 303
    assert names(client, "?keadaan=ditangguhkan") == ["Sari"]
    assert WHY["reason"] in client.get(page_of(sari)).content.decode()
    assert client.post(f"{page_of(sari)}tangguhkan/", WHY).status_code == 409
    assert client.post(f"{page_of(sari)}aktif/", WHY).status_code == 303
    assert Person.objects.get(pk=sari.pk).is_active


def test_nobody_suspends_themselves() -> None:
    place = scenes.regency()
    me = people.staff("administrator", place.root)
    people.staff("administrator", place.root)
    client = Client()
    client.force_login(me)
    assert client.post(f"{page_of(me)}tangguhkan/", WHY).status_code == 403
    assert client.get(page_of(me)).context["may_act"] is False


def test_end_of_all_sessions_signs_the_person_out() -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    hers = Client()
    hers.post("/akun/masuk/", {"email": sari.email, "password": people.PASSWORD})
    client = signed_in("administrator", place)
    assert len(client.get(page_of(sari)).context["sessions"]) == 1
    assert client.post(f"{page_of(sari)}sesi/", WHY).status_code == 303
    assert hers.get("/akun/").status_code == 302


@pytest.mark.parametrize("more", [1, 3])
def test_list_and_page_ask_as_often_for_three_as_for_one(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    tono = people.staff("moderator", place.works, "Tono")
    for _number in range(more):
        people.staff("moderator", place.roads)
        people.grant(tono, "assessor", place.health)
    client = signed_in("administrator", place)
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)
    with django_assert_num_queries(13):
        client.get(page_of(tono))


def test_the_page_speaks_of_a_lost_second_factor_only_where_there_is_one() -> None:
    place = scenes.regency()
    tono = people.staff("moderator", place.works, "Tono")
    client = signed_in("administrator", place)
    link = client.get(page_of(tono)).context["has_factor"]
    factor.enrolled(tono)
    assert (link, client.get(page_of(tono)).context["has_factor"]) == (False, True)


def test_filters_narrow_by_unit_role_state_and_last_visit_and_can_be_taken_away() -> None:
    place = scenes.regency()
    tono, _other = (
        people.staff("moderator", place.roads, "Tono"),
        people.staff("assessor", place.health, "Dina"),
    )
    Person.objects.filter(pk=tono.pk).update(last_active_on=local_date() - timedelta(days=100))
    client = signed_in("administrator", place)
    assert names(client, f"?satuan={place.works.code}") == ["Tono"]
    assert names(client, "?peran=assessor") == ["Dina"]
    assert names(client, "?diam=90") == ["Tono"]
    assert names(client, f"?dari={local_date() - timedelta(days=101)}") == ["Tono"]
    assert sorted(names(client, "?diam=belum")) == ["Dina", "Ratna Dewi"]
    answer = client.get(f"{LIST}?siapa=semua&peran=assessor&diam=belum")
    without = [chip["remove_url"] for chip in answer.context["active"]]
    assert without == [f"{LIST}?siapa=semua&diam=belum", f"{LIST}?siapa=semua&peran=assessor"]


@pytest.mark.parametrize("query", ["?satuan=tidak-ada", "?dari=kemarin", "?keadaan=apa", "?urut=apa"])
def test_filter_that_cannot_be_read_says_so_and_shows_nobody(query: str) -> None:
    client = signed_in("administrator", scenes.regency())
    answer = client.get(f"{LIST}{query}")
    assert refused(answer) == (422, True)
    assert answer.context["table"]["rows"] == []


@pytest.mark.parametrize("order", ["terbaru", "aktif", "nama"])
def test_list_goes_on_page_by_page_in_each_order(order: str) -> None:
    place = scenes.regency()
    for number in range(59):
        people.staff("moderator", place.works, f"Petugas {number:02}")
    client = signed_in("administrator", place)
    first = client.get(f"{LIST}?urut={order}")
    seen = names(client, f"?urut={order}") + names(client, first.context["next_url"].removeprefix(LIST))
    assert len(seen) == len(set(seen)) == 60


def test_page_without_anybody_says_what_to_do() -> None:
    client = signed_in("administrator", scenes.regency())
    answer = client.get(f"{LIST}?q=tidak+ada+orang+ini")
    assert 'class="empty' in answer.content.decode()
    assert 'id="bulk"' not in answer.content.decode()


def test_list_shows_a_sign_in_name_whole_since_it_reaches_nobody() -> None:
    place = scenes.regency()
    Person.objects.create(name="Darmo", email=None, sign_in_name="suka-0012")
    page = signed_in("administrator", place).get(f"{LIST}?keadaan=loket").content.decode()
    assert "suka-0012" in page


def test_invitation_as_administrator_makes_the_account_and_waits_for_a_second_person() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    people.staff("administrator", place.root, "Wakil")
    sent = {
        "name": "Dewi Lestari",
        "email": "dewi@contoh.id",
        "language": "id",
        "role": "administrator",
        "unit": place.root.code,
        "reason": "SK 12/2026",
    }
    assert client.post(f"{LIST}undang/", sent).status_code == 303
    dewi = Person.objects.get(email="dewi@contoh.id")
    assert dewi.grants.count() == 0
    assert GrantRequest.objects.get(person=dewi).state == GrantRequest.State.WAITING


def test_deleted_account_has_a_page_without_name_or_address_and_nothing_to_do() -> None:
    place, sari = scenes.regency(), people.citizen("Sari", email="sari@contoh.id")
    Person.objects.filter(pk=sari.pk).update(
        name="", email=None, is_active=False, deleted_at=people.LONG_AGO, suspension_reason=""
    )
    client = signed_in("administrator", place)
    page = client.get(page_of(sari)).content.decode()
    assert "sari@contoh.id" not in page
    assert client.post(f"{page_of(sari)}tangguhkan/", WHY).status_code == 409
    assert client.post(f"{page_of(sari)}aktif/", WHY).status_code == 409
    assert client.post(f"{page_of(sari)}undang-lagi/").status_code == 409
    assert names(client, "?keadaan=dihapus") != []
    assert names(client, "?siapa=semua") == ["Ratna Dewi"]


def test_suspended_person_reads_the_reason_when_signing_in() -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    signed_in("administrator", place).post(f"{page_of(sari)}tangguhkan/", WHY)
    answer = Client().post("/akun/masuk/", {"email": sari.email, "password": people.PASSWORD})
    assert WHY["reason"] in answer.content.decode()


@pytest.mark.parametrize("act", ["tangguhkan", "aktif", "sesi"])
def test_acts_on_an_account_are_asked_for_by_name_and_reason(act: str) -> None:
    place, sari = scenes.regency(), people.citizen("Sari Wulandari")
    client = signed_in("administrator", place)
    page = client.get(f"{page_of(sari)}{act}/").content.decode()
    assert "Sari Wulandari" in page
    assert 'name="reason"' in page
    assert refused(client.post(f"{page_of(sari)}{act}/", {"reason": ""})) == (422, True)
    assert Person.objects.get(pk=sari.pk).is_active


def test_whoever_manages_people_without_giving_roles_sees_them_and_can_end_none() -> None:
    place = scenes.regency()
    Role.objects.create(
        slug="pengelola", name="Pengelola", name_en="Manager", permissions=["desk.enter", "person.manage"]
    )
    tono = people.staff("moderator", place.works, "Tono")
    answer = signed_in("pengelola", place).get(page_of(tono))
    assert answer.context["may_grant"] is False
    assert [row[-1] for row in answer.context["grants"]["rows"]] == [""]
    assert f"{page_of(tono)}peran/" not in answer.content.decode()
