"""Mengapa boleh / tidak boleh: yes or no with its grants and reasons, who may, and only within one's reach."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import NotVisible
from rembuk.management.why import actions, places
from rembuk.proposals import rules as proposal_rules
from rembuk.workunits.models import FormerCode, WorkUnit
from tests import consultation_scenes, people, program_scenes, scenes
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
HERE = f"{K}hak-akses/mengapa/"
MODERATE = "proposal.moderate"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def ask(client: Client, **asked: object) -> Any:
    """The page with a question."""
    return client.get(f"{HERE}?{urlencode({'izin': MODERATE, **asked})}")


def said(answer: Any) -> str:
    """The sentence of the answer, and the page it stands on is well."""
    assert answer.status_code == 200
    return str(answer.context["sentence"])


def cells(table: Any) -> list[list[str]]:
    """The words of a table's rows."""
    return [[str(cell["value"] if isinstance(cell, dict) else cell) for cell in row] for row in table["rows"]]


def looked_up() -> list[str]:
    """Whose rights the trail says were looked up."""
    return list(
        AuditEntry.objects.filter(verb="person.rights_explained").values_list("target_key", flat=True)
    )


# --- one person --------------------------------------------------------------------------------------------


def test_yes_names_the_grant_and_the_role_and_is_recorded() -> None:
    place = scenes.regency()
    tono = people.staff("moderator", place.works, "Tono Raharjo")
    answer = ask(signed_in("administrator", place), siapa=tono.email, di=place.roads.code)
    assert said(answer).startswith("Ya. Tono Raharjo")
    assert place.roads.name in said(answer)
    assert [row[:2] for row in cells(answer.context["through"])] == [["Moderator", place.works.name]]
    entry = AuditEntry.objects.get(verb="person.rights_explained")
    assert (entry.target_key, entry.after["permission"]) == (str(tono.pk), MODERATE)
    assert entry.after["unit"] == place.roads.code


def test_no_names_the_nearest_reasons_and_the_roles_that_give_it() -> None:
    place = scenes.regency()
    tono = people.staff("moderator", place.health, "Tono Raharjo")
    people.grant(tono, "moderator", place.works, ends_at=NOW - DAY)
    people.grant(tono, "moderator", place.roads, starts_at=NOW + DAY)
    people.grant(tono, "assessor", place.works)
    answer = ask(signed_in("administrator", place), siapa=tono.email, di=place.works.code)
    assert said(answer).startswith("Tidak.")
    told = {row[1]: row[2] for row in cells(answer.context["near"])}
    assert set(told) == {place.health.name, place.works.name, place.roads.name}
    assert place.works.name in told[place.health.name]
    assert "berakhir" in told[place.works.name]
    assert [one["role"] for one in answer.context["without"]] == ["Penelaah"]
    assert [one["label"] for one in answer.context["roles"]] == [
        "Administrator",
        "Admin Satuan Kerja",
        "Moderator",
    ]


def test_no_without_any_grant_says_so_and_retired_things_are_named() -> None:
    place = scenes.regency()
    nobody, tono = people.citizen("Wahyu Tanpa"), people.staff("moderator", place.works, "Tono Raharjo")
    client = signed_in("administrator", place)
    answer = ask(client, siapa=nobody.email, di=place.works.code)
    assert answer.context["has_none"]
    WorkUnit.objects.filter(pk=place.works.pk).update(is_active=False)
    Role.objects.filter(slug="moderator").update(is_active=False)
    answer = ask(client, siapa=tono.email, di=place.works.code)
    why = cells(answer.context["near"])[0][2]
    assert "Moderator" in why
    assert place.works.name in why
    assert len(answer.context["notes"]) == 1


@pytest.mark.parametrize("until", [None, NOW + DAY])
def test_a_suspended_account_is_told_with_the_grants_that_would_count(until: datetime | None) -> None:
    place = scenes.regency()
    tono = people.staff("moderator", place.works)
    Person.objects.filter(pk=tono.pk).update(is_active=False, suspended_at=NOW, suspended_until=until)
    answer = ask(signed_in("administrator", place), siapa=tono.email, di=place.works.code)
    assert said(answer).startswith("Tidak.")
    assert "ditangguhkan" in answer.context["closed"]
    assert len(cells(answer.context["through"])) == 1
    assert "&lt;time" not in answer.content.decode()


def test_days_of_grants_that_do_not_count_are_words_and_no_code() -> None:
    place = scenes.regency()
    tono = people.citizen()
    people.grant(
        tono,
        "moderator",
        place.works,
        starts_at=datetime(2020, 1, 1, tzinfo=UTC),
        ends_at=datetime(2021, 3, 2, tzinfo=UTC),
    )
    people.grant(tono, "moderator", place.roads, starts_at=datetime(2090, 3, 2, tzinfo=UTC))
    WorkUnit.objects.filter(pk=place.roads.pk).update(name="Bidang {1} <b>")
    page = ask(signed_in("administrator", place), siapa=tono.email, di=place.roads.code).content.decode()
    assert "2 Mar 2021</time>" in page
    assert "2 Mar 2090</time>" in page
    assert "&lt;time" not in page
    assert "Bidang {1} &lt;b&gt;" in page


def test_a_suspension_that_ends_with_a_day_is_told_by_its_last_day() -> None:
    place = scenes.regency()
    tono = people.staff("moderator", place.works)
    until = datetime(2026, 12, 31, 17, tzinfo=UTC)  # the end of the day in WIB
    Person.objects.filter(pk=tono.pk).update(is_active=False, suspended_at=NOW, suspended_until=until)
    client = signed_in("administrator", place)
    answer = ask(client, siapa=tono.email, di=place.works.code)
    assert "31 Desember 2026" in answer.context["closed"]
    page = client.get(f"{K}pengguna/{tono.public_id}/").content.decode()
    assert "31 Desember 2026" in page
    assert "1 Januari 2027" not in page


def test_without_a_place_it_asks_whether_anywhere() -> None:
    place = scenes.regency()
    tono = people.staff("moderator", place.roads)
    assert said(ask(signed_in("administrator", place), siapa=tono.email)).startswith("Ya.")


def test_people_are_found_by_address_sign_in_name_or_name_and_several_are_offered() -> None:
    place = scenes.regency()
    wati = people.citizen("Wati Lestari", sign_in_name="wati.ds")
    people.citizen("Wati Kurnia")
    client = signed_in("administrator", place)
    for text in (wati.email.upper(), "wati.ds", "lestari wati"):
        assert "Wati Lestari" in said(ask(client, siapa=text, di=place.works.code))
    several = ask(client, siapa="Wati", di=place.works.code)
    assert [one["label"] for one in several.context["named"]] == ["Wati Kurnia", "Wati Lestari"]
    assert "sentence" not in several.context
    chosen = client.get(several.context["named"][1]["url"])
    assert "Wati Lestari" in said(chosen)
    assert chosen.context["form"]["siapa"].value() == "Wati Lestari"
    other = client.get(f"{several.context['named'][1]['url']}&siapa=Wati+Kurnia")
    assert "Wati Kurnia" in said(other)


def test_more_than_ten_of_a_name_are_cut_and_told() -> None:
    place = scenes.regency()
    for number in range(12):
        people.citizen(f"Budi {number}")
    answer = ask(signed_in("administrator", place), siapa="Budi", di=place.works.code)
    assert (len(answer.context["named"]), answer.context["is_more"]) == (10, True)
    assert looked_up() == []


def test_looking_at_ones_own_rights_is_no_event() -> None:
    place = scenes.regency()
    me = people.staff("administrator", place.root)
    client = Client()
    client.force_login(me)
    assert said(ask(client, siapa=me.email)).startswith("Ya.")
    assert looked_up() == []


# --- places ------------------------------------------------------------------------------------------------


def test_places_are_units_by_code_name_or_former_code_and_things_by_their_codes() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    proposal = scenes.published(place)
    program = program_scenes.published(place, proposal, by=by)
    consultation = consultation_scenes.opened(place)
    FormerCode.objects.create(code="LAMA-9", unit=place.health, since=NOW)
    WorkUnit.objects.filter(pk=place.health.pk).update(is_active=False)
    for text, unit in (
        (place.works.code.lower(), place.works),
        (f"Apa saja ({place.works.code})", place.works),
        (place.health.name.upper(), place.health),
        ("lama-9", place.health),
        (proposal.code.lower(), proposal.unit),
        (program.code, program.unit),
        (consultation.code, consultation.unit),
    ):
        found = places.place_of(text, izin.PROGRAM_EDIT, by)
        assert (found and found.unit) == unit, text
    WorkUnit.objects.filter(pk__in=[place.roads.pk, place.village.pk]).update(name="Sama")
    for text in ("USL-2020-999999", "PRG-2020-9999", "UJP-2020-9999", "tidak ada", "Sama"):
        assert places.place_of(text, izin.PROGRAM_EDIT, by) is None


def test_a_proposal_is_asked_about_as_its_rules_ask() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    proposal = scenes.submitted(place)
    moderators = [people.staff("moderator", unit) for unit in (place.root, place.works, place.health)]
    approver = people.staff("unit-admin", place.village)
    own = scenes.submitted(place)
    own.origin_unit = own.unit = place.village
    own.save()
    for thing in (proposal, own):
        found = places.place_of(str(thing.code), izin.PROPOSAL_MODERATE, by)
        assert found is not None
        for person in (*moderators, approver):
            may = rights.can(person, found.permission, found.unit, exact=found.exact)
            assert may is proposal_rules.may_moderate(thing, person).ok, (thing.code, person.grants.get())
    reading = places.place_of(str(own.code), izin.PROPOSAL_READ, by)
    assert reading == places.Place(place.village, izin.PROPOSAL_READ, code=str(own.code))
    own.unit = None
    own.save()
    assert places.place_of(str(own.code), izin.PROPOSAL_READ, by) is None


def test_an_own_entry_of_a_village_says_that_another_permission_is_asked_for() -> None:
    place = scenes.regency()
    own = scenes.submitted(place)
    own.origin_unit = own.unit = place.village
    own.save()
    above = people.staff("unit-admin", place.subdistrict)
    answer = ask(signed_in("administrator", place), siapa=above.email, di=own.code)
    assert said(answer).startswith("Tidak.")
    assert str(izin.PROPOSAL_RELEASE.label) in answer.context["notes"][0]
    assert place.village.name in cells(answer.context["near"])[0][2]
    assert str(own.title) not in answer.content.decode()


# --- who may -----------------------------------------------------------------------------------------------


def test_who_may_lists_each_with_the_grant_it_comes_through_nearest_first() -> None:
    place = scenes.regency()
    people.staff("moderator", place.root, "Ani")
    people.staff("moderator", place.works, "Beni")
    people.staff("moderator", place.health, "Cici")
    people.grant(people.citizen("Dodi", is_active=False), "moderator", place.works)
    people.grant(people.citizen("Edi"), "moderator", place.works, ends_at=NOW - DAY)
    answer = ask(signed_in("administrator", place), di=place.roads.code)
    assert [row[0] for row in cells(answer.context["table"])] == ["Beni", "Ratna Dewi", "Ani"]
    assert said(answer).startswith("3 ")
    assert looked_up() == []


def test_who_may_release_counts_only_exact_grants() -> None:
    place = scenes.regency()
    people.staff("unit-admin", place.subdistrict, "Atas")
    people.staff("unit-admin", place.village, "Sendiri")
    answer = ask(signed_in("administrator", place), izin="proposal.release", di=place.village.code)
    assert [row[0] for row in cells(answer.context["table"])] == ["Sendiri"]


def test_who_may_goes_on_by_keyset() -> None:
    place = scenes.regency()
    for number in range(52):
        people.staff("auditor", place.works, f"Auditor {number}")
    client = signed_in("administrator", place)
    first = ask(client, izin="log.read", di=place.works.code)
    second = client.get(first.context["next_url"])
    shown = [row[0] for page in (first, second) for row in cells(page.context["table"])]
    assert len(cells(first.context["table"])) == 50
    assert (len(shown), len(set(shown))) == (53, 53)


def test_who_may_without_a_place_asks_at_the_top_of_ones_units() -> None:
    place = scenes.regency()
    answer = ask(signed_in("administrator", place))
    assert place.root.name in said(answer)
    nobody = ask(signed_in("unit-admin", place, "works"), izin="holiday.manage")
    assert (place.works.name in said(nobody), nobody.context["table"]) == (True, None)


@pytest.mark.parametrize("more", [1, 3])
def test_who_may_asks_as_often_for_three_as_for_one(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    for _number in range(more):
        people.staff("moderator", place.works)
    client = signed_in("administrator", place)
    ask(client, di=place.works.code)
    with django_assert_num_queries(9):
        ask(client, di=place.works.code)


# --- reach and input ---------------------------------------------------------------------------------------


def test_only_who_gives_roles_may_ask() -> None:
    place = scenes.regency()
    for role in ("moderator", "auditor", "assessor"):
        assert signed_in(role, place).get(HERE).status_code == 403
    assert signed_in("unit-admin", place, "works").get(HERE).status_code == 200


def test_people_and_places_outside_of_ones_reach_are_not_found() -> None:
    place = scenes.regency()
    inside, outside = people.staff("moderator", place.roads), people.staff("moderator", place.health)
    citizen = people.citizen("Sari Jauh")
    proposal = scenes.published(place, category=place.other_category)
    WorkUnit.objects.filter(pk=place.health.pk).update(name="Dinas Kesehatan Sendiri")
    client = signed_in("unit-admin", place, "works")
    assert said(ask(client, siapa=inside.email, di=place.roads.code)).startswith("Ya.")
    for text in (outside.email, citizen.email, "Sari Jauh", "tidak@ada.id"):
        answer = ask(client, siapa=text, di=place.roads.code)
        assert (refused(answer), list(answer.context["form"].errors)) == ((422, True), ["siapa"])
    for text in (place.health.code, "Dinas Kesehatan Sendiri", place.root.code, "USL-2026-999999"):
        answer = ask(client, siapa=inside.email, di=text)
        assert (refused(answer), list(answer.context["form"].errors)) == ((422, True), ["di"])
    people.staff("moderator", place.root)
    proposal.unit = place.health
    proposal.save()
    assert ask(client, di=proposal.code).status_code == 422
    for person in (outside, citizen):
        assert ask(client, orang=person.public_id).status_code == 404
        assert client.get(f"{HERE}?orang={person.public_id}").status_code == 404
        by = people.staff("unit-admin", place.works)
        with pytest.raises(NotVisible):
            actions.look_up_rights(person, izin.PROPOSAL_READ, None, by=by)
    assert ask(client, orang=UUID(int=7)).status_code == 404
    assert looked_up() == [str(inside.pk)]


def test_grants_above_ones_units_are_counted_and_not_named() -> None:
    place = scenes.regency()
    people.staff("moderator", place.root, "Orang Atas")
    people.staff("moderator", place.roads, "Orang Dalam")
    answer = ask(signed_in("unit-admin", place, "works"), di=place.roads.code)
    page = answer.content.decode()
    assert ("Orang Dalam" in page, "Orang Atas" in page) == (True, False)
    assert answer.context["above"].startswith("1 ")
    assert said(answer).startswith("3 ")


def test_links_from_other_pages_fill_the_question_in() -> None:
    place = scenes.regency()
    tono = people.staff("moderator", place.works, "Tono Raharjo")
    client = signed_in("administrator", place)
    form = client.get(f"{HERE}?orang={tono.public_id}&di={place.works.code}").context["form"]
    assert (form["siapa"].value(), form["di"].value(), form.is_bound) == (
        "Tono Raharjo",
        place.works.code,
        False,
    )
    assert client.get(f"{HERE}?orang=x").status_code == 200
    for page, link in (
        (f"{K}pengguna/{tono.public_id}/", f"{HERE}?orang={tono.public_id}"),
        (f"{K}hak-akses/peran/moderator/", f"{HERE}?izin={MODERATE}"),
        (f"{K}hak-akses/?peran=moderator", f"{HERE}?orang={tono.public_id}&amp;di={place.works.code}"),
        (f"{K}satuan-kerja/{place.works.code}/", f"{HERE}?di={place.works.code}"),
    ):
        assert link in client.get(page).content.decode(), page


@pytest.mark.parametrize("bad", ["", "tidak.ada"])
def test_a_permission_that_is_not_there_is_told_at_its_field(bad: str) -> None:
    answer = ask(signed_in("administrator", scenes.regency()), izin=bad)
    assert (refused(answer), list(answer.context["form"].errors)) == ((422, True), ["izin"])
