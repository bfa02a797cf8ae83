"""Acts on a selection of people: a question that names the count and whom it can't take; then all or none."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.management.actions import people as actions
from tests import people, scenes
from tests.accounts import post
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
SELECTION = f"{K}pengguna/pilihan/"
WHY = "Pindah tugas ke instansi lain"


def ask(client: Client, step: str, chosen: list[Person], **more: str) -> Any:
    """Send a selection."""
    return client.post(SELECTION, {"step": step, "selected": [str(p.public_id) for p in chosen], **more})


def confirm(client: Client, step: str, chosen: list[Person], reason: str = WHY) -> Any:
    """Send a confirmed selection."""
    return ask(client, step, chosen, confirm="1", reason=reason)


def active(*chosen: Person) -> list[bool]:
    """Whether the accounts are open."""
    return [Person.objects.get(pk=person.pk).is_active for person in chosen]


def test_question_names_the_count_and_whom_it_cannot_take_and_does_nothing() -> None:
    place = scenes.regency()
    both = [people.staff("moderator", place.works, name) for name in ("Tono", "Dina")]
    closed = people.citizen("Sari", is_active=False, suspended_at=people.LONG_AGO)
    client = signed_in("administrator", place)
    answer = ask(client, "tangguhkan", [*both, closed])
    page = answer.content.decode()
    assert [person.name for person in answer.context["taken"]] == ["Dina", "Tono"]
    assert [row["person"].name for row in answer.context["refused"]] == ["Sari"]
    assert re.search(r'class="confirm-count">2 ', page)
    assert str(closed.public_id) not in re.findall(r'name="selected" value="([^"]+)"', page)
    assert active(*both) == [True, True]


def test_suspend_lift_and_end_sessions_take_all_with_one_mark_and_one_reason() -> None:
    place = scenes.regency()
    both = [people.staff("moderator", place.works, name) for name in ("Tono", "Dina")]
    browser = Client()
    browser.post("/akun/masuk/", {"email": both[0].email, "password": people.PASSWORD})
    client = signed_in("administrator", place)
    assert confirm(client, "tangguhkan", both).status_code == 303
    assert active(*both) == [False, False]
    assert browser.get("/akun/").status_code == 302
    entries = AuditEntry.objects.filter(verb="person.suspended")
    assert {entry.reason for entry in entries} == {WHY}
    assert len({entry.bulk for entry in entries}) == 1
    assert entries[0].bulk
    assert confirm(client, "aktifkan", both).status_code == 303
    assert active(*both) == [True, True]
    browser.post("/akun/masuk/", {"email": both[0].email, "password": people.PASSWORD})
    assert confirm(client, "akhiri-sesi", both).status_code == 303
    assert browser.get("/akun/").status_code == 302


def test_invite_again_sends_each_a_letter() -> None:
    place = scenes.regency()
    waiting = [people.staff("moderator", place.works, name) for name in ("Tono", "Dina")]
    for person in waiting:
        person.set_unusable_password()
        person.invited_at = people.LONG_AGO
        person.save()
    client = signed_in("administrator", place)
    assert confirm(client, "undang-lagi", waiting, reason="").status_code == 303
    assert sorted(address for _kind, address in post.waiting()) == sorted(str(p.email) for p in waiting)


def test_confirmed_set_of_which_one_was_changed_meanwhile_is_left_alone_and_named() -> None:
    place = scenes.regency()
    both = [people.staff("moderator", place.works, name) for name in ("Tono", "Dina")]
    client = signed_in("administrator", place)
    actions.suspend_person(
        both[0], by=people.staff("administrator", place.root), reason="Lebih dulu, alasan lain"
    )
    answer = confirm(client, "tangguhkan", both)
    assert answer.status_code == 409
    assert active(*both) == [False, True]
    assert [row["person"].name for row in answer.context["refused"]] == ["Tono"]
    assert WHY in answer.content.decode()
    assert AuditEntry.objects.filter(verb="person.suspended", reason=WHY).count() == 0


def test_two_administrators_who_are_the_last_ones_together_are_both_left() -> None:
    place = scenes.regency()
    last = [people.staff("administrator", place.root, name) for name in ("Satu", "Dua")]
    client = signed_in("unit-admin", place)
    answer = confirm(client, "tangguhkan", last)
    assert answer.status_code == 409
    assert active(*last) == [True, True]
    # In the order of their numbers the first could go; the second would then be the last.
    assert [row["person"].name for row in answer.context["refused"]] == ["Dua"]
    assert [person.name for person in answer.context["taken"]] == ["Satu"]


def test_reason_that_is_missing_brings_the_question_again_with_what_was_typed() -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    client = signed_in("administrator", place)
    assert refused(confirm(client, "akhiri-sesi", [sari], reason="")) == (422, True)
    answer = ask(client, "tangguhkan", [sari], confirm="1", reason=WHY, until="2020-01-01")
    assert refused(answer) == (422, True)
    assert WHY in answer.content.decode()
    assert active(sari) == [True]


def test_people_outside_of_ones_units_are_not_taken_and_not_named() -> None:
    place = scenes.regency()
    mine = people.staff("moderator", place.roads, "Tono")
    outside = people.staff("moderator", place.health, "Orang Lain")
    client = signed_in("unit-admin", place, "works")
    answer = ask(client, "tangguhkan", [mine, outside, people.citizen("Warga Biasa")])
    assert [person.name for person in answer.context["taken"]] == ["Tono"]
    assert "Orang Lain" not in answer.content.decode()
    assert confirm(client, "tangguhkan", [mine, outside]).status_code == 303
    assert active(mine, outside) == [False, True]


def test_person_with_a_role_elsewhere_too_is_named_and_not_taken() -> None:
    place = scenes.regency()
    both = people.staff("moderator", place.roads, "Tono")
    people.grant(both, "moderator", place.health)
    answer = ask(signed_in("unit-admin", place, "works"), "tangguhkan", [both])
    assert answer.context["taken"] == []
    assert [row["person"].name for row in answer.context["refused"]] == ["Tono"]


@pytest.mark.parametrize("chosen", [[], ["bukan-nomor"], ["00000000-0000-0000-0000-000000000007"]])
def test_selection_of_nobody_leads_back_to_the_list(chosen: list[str]) -> None:
    client = signed_in("administrator", scenes.regency())
    answer = client.post(SELECTION, {"step": "tangguhkan", "selected": chosen})
    assert (answer.status_code, answer["Location"]) == (303, f"{K}pengguna/")


def test_unknown_step_is_not_found_and_others_are_denied() -> None:
    place, sari = scenes.regency(), people.citizen()
    assert ask(signed_in("administrator", place), "hapus", [sari]).status_code == 404
    assert ask(signed_in("moderator", place), "tangguhkan", [sari]).status_code == 403


def test_question_asks_as_often_for_three_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    place = scenes.regency()
    client = signed_in("unit-admin", place, "works")
    chosen = [people.staff("moderator", place.roads, f"Petugas {number}") for number in range(3)]
    ask(client, "tangguhkan", chosen)
    for some in (chosen[:1], chosen):
        with django_assert_num_queries(6):
            ask(client, "tangguhkan", some)
