"""Withdrawing several printed codes at a desk: asked first, one mark, and only what still waits in one's own units."""

import pytest

from rembuk.accounts.models import OneTimeCode, Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid
from rembuk.management.actions.desk_accounts import withdraw_codes
from rembuk.management.models import DeskAccount
from tests import scenes
from tests.web.management.pages import refused, signed_in
from tests.web.management.test_desk_accounts import URL, made, officer_in

pytestmark = pytest.mark.django_db
HERE = f"{URL}sekaligus/"
WHY = "Map berisi slip hilang di kantor"


def sent(*accounts: DeskAccount, **more: str) -> dict[str, object]:
    """What the form below the list sends."""
    return {"act": "tarik", "selected": [str(account.person.public_id) for account in accounts], **more}


def deeds() -> list[tuple[str, str, str]]:
    """Whose codes were withdrawn, why, under which mark."""
    rows = AuditEntry.objects.filter(verb="person.desk_code_withdrawn").order_by("pk")
    return list(rows.values_list("target_key", "reason", "bulk"))


def test_selected_codes_stop_after_a_question_that_names_the_count() -> None:
    place = scenes.regency()
    client, officer = officer_in(place.village)
    first, second = made(place.village, officer), made(place.village, officer, "Pak Dulhadi")
    asked = client.post(HERE, sent(first, second))
    assert asked.status_code == 200
    assert "Tarik kode (2)" in asked.content.decode()
    assert OneTimeCode.objects.count() == 2
    assert refused(client.post(HERE, sent(first, second, confirm="1", reason=" "))) == (422, True)
    done = client.post(HERE, sent(first, second, confirm="1", reason=WHY))
    assert (done.status_code, done["Location"], OneTimeCode.objects.count()) == (303, URL, 0)
    (one, two) = deeds()
    assert {one[0], two[0]} == {str(first.person_id), str(second.person_id)}
    assert one[1:] == two[1:]
    assert one[1] == WHY
    assert "Kode berakhir<" in client.get(URL).content.decode()


def test_codes_of_another_office_and_of_people_in_use_are_left_alone() -> None:
    place = scenes.regency()
    client, officer = officer_in(place.village)
    _client, elsewhere = officer_in(place.health)
    other, used = made(place.health, elsewhere), made(place.village, officer, "Bu Tukinem")
    Person.objects.filter(pk=used.person_id).update(password="argon2$dipakai")
    answer = client.post(HERE, sent(other, used, confirm="1", reason=WHY))
    assert (answer.status_code, answer["Location"]) == (303, URL)
    assert client.post(HERE, {"act": "tarik", "selected": "bukan-uuid"})["Location"] == URL
    assert (OneTimeCode.objects.count(), deeds()) == (2, [])


def test_without_the_right_it_is_denied() -> None:
    place = scenes.regency()
    _client, officer = officer_in(place.village)
    account = made(place.village, officer)
    assert signed_in("auditor", place).post(HERE, sent(account, confirm="1", reason=WHY)).status_code == 403
    assert OneTimeCode.objects.count() == 1


def test_a_code_used_meanwhile_is_no_longer_withdrawn_and_a_reason_is_needed() -> None:
    place = scenes.regency()
    _client, officer = officer_in(place.village)
    first, second = made(place.village, officer), made(place.village, officer, "Pak Dulhadi")
    OneTimeCode.objects.filter(person=first.person).update(used_at=first.opened_at)
    with pytest.raises(Invalid):
        withdraw_codes([second], by=officer, reason=" ")
    assert withdraw_codes([first, second], by=officer, reason=WHY) == 1
    assert [key for key, _why, _mark in deeds()] == [str(second.person_id)]
