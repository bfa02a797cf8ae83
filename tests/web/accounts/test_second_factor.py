"""The second factor on pages: the step of the sign-in, setting up, recovery codes, turning off."""

import html
import re
from typing import Any
from urllib.parse import unquote

import pytest
import segno
import time_machine
from django.test import Client

from rembuk.accounts.models import Person, RecoveryCode
from rembuk.accounts.second_factor import totp
from rembuk.accounts.second_factor.quotas import SECOND_FACTOR
from rembuk.accounts.second_factor.selectors import codes_left, has_second_factor
from rembuk.audit.models import AuditEntry
from rembuk.siteconfig.selectors import current
from tests import people, scenes
from tests.accounts import factor, post
from tests.siteconfig.requiring import require_of_staff

pytestmark = pytest.mark.django_db
HERE = "/akun/faktor-kedua/"
STEP = "/akun/masuk/kode/"


def with_password(person: Person, client: Client | None = None, **more: Any) -> tuple[Client, Any]:
    client = client or Client()
    data = {"email": person.email, "password": people.PASSWORD, **more}
    return client, client.post("/akun/masuk/", data)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def secret_on(answer: Any) -> str:
    found = re.search(r'id="kunci">([A-Z2-7 ]+)<', words(answer))
    assert found is not None
    return found[1].replace(" ", "")


# The step of the sign-in.


def test_right_password_alone_lets_nobody_in_who_has_a_second_factor() -> None:
    person = people.citizen()
    factor.enrolled(person)
    client, answer = with_password(person, next="/usulan/?q=jalan")
    assert (answer.status_code, answer["Location"]) == (303, STEP)
    assert client.get(STEP).status_code == 200
    assert (is_in(client), client.get("/akun/").status_code) == (False, 302)
    assert not AuditEntry.objects.filter(verb="person.signed_in").exists()


def test_code_lets_in_and_leads_back() -> None:
    person = people.citizen()
    secret, _codes = factor.enrolled(person)
    client, _answer = with_password(person, next="/usulan/?q=jalan")
    code = factor.code(secret)
    answer = client.post(STEP, {"code": f" {code[:3]} {code[3:]} "})
    assert (answer.status_code, answer["Location"], is_in(client)) == (303, "/usulan/?q=jalan", True)
    assert AuditEntry.objects.filter(verb="person.signed_in").count() == 1


def test_wrong_used_and_unknown_codes_are_answered_alike() -> None:
    person = people.citizen()
    secret, codes = factor.enrolled(person)
    used = factor.code(secret)
    for code in (used, codes[0]):
        assert with_password(person)[0].post(STEP, {"code": code}).status_code == 303
    pages = []
    for code in (used, codes[0], factor.wrong(secret), "ACD34-EFG67", "x"):
        client, _answer = with_password(person)
        answer = client.post(STEP, {"code": code})
        assert (answer.status_code, is_in(client)) == (422, False)
        page = re.sub(r'((?:csrfmiddlewaretoken|kiriman)" value=)"[\w-]+"', r"\1", words(answer))
        pages.append(page.replace(f'value="{code}"', "value"))
    assert len(set(pages)) == 1


def test_recovery_code_lets_in_once_from_its_own_field() -> None:
    person = people.citizen()
    _secret, codes = factor.enrolled(person)
    client, _answer = with_password(person)
    assert "pemulihan=1" in words(client.get(STEP))
    assert 'inputmode="numeric"' not in words(client.get(f"{STEP}?pemulihan=1"))
    assert client.post(f"{STEP}?pemulihan=1", {"code": codes[0].lower()}).status_code == 303
    assert is_in(client)
    again, _answer = with_password(person)
    assert (again.post(f"{STEP}?pemulihan=1", {"code": codes[0]}).status_code, is_in(again)) == (422, False)


@time_machine.travel("2026-11-27T03:01:00+00:00", tick=False)
def test_wrong_codes_are_counted_for_the_account_wherever_they_come_from() -> None:
    person, other = people.citizen(), people.citizen()
    secret, _codes = factor.enrolled(person)
    other_secret, _codes = factor.enrolled(other)
    statuses = []
    for number in range(SECOND_FACTOR.allowed + 1):
        client, _answer = with_password(person, Client(REMOTE_ADDR=f"203.0.113.{number}"))
        statuses.append(client.post(STEP, {"code": factor.wrong(secret)}).status_code)
    assert statuses == [422] * SECOND_FACTOR.allowed + [429]
    client, _answer = with_password(person)
    assert client.post(STEP, {"code": factor.code(secret)}).status_code == 429
    beside, _answer = with_password(other)
    assert beside.post(STEP, {"code": factor.code(other_secret)}).status_code == 303


def test_right_codes_do_not_count() -> None:
    person = people.citizen()
    _secret, codes = factor.enrolled(person)
    tries = [with_password(person)[0].post(STEP, {"code": code}).status_code for code in codes]
    assert tries == [303] * len(codes)


def test_step_without_the_password_leads_to_the_sign_in() -> None:
    person = people.citizen()
    secret, _codes = factor.enrolled(person)
    for answer in (Client().get(STEP), Client().post(STEP, {"code": factor.code(secret)})):
        assert (answer.status_code, answer["Location"]) == (303, "/akun/masuk/")


def test_step_of_an_account_that_was_suspended_meanwhile_leads_out() -> None:
    person = people.citizen()
    secret, _codes = factor.enrolled(person)
    client, _answer = with_password(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    client.post(STEP, {"code": factor.code(secret)})
    assert not is_in(client)


def test_new_password_by_letter_leaves_the_second_factor() -> None:
    person = people.citizen()
    factor.enrolled(person)
    client = Client()
    client.post("/akun/lupa-kata-sandi/", {"email": person.email})
    link = post.link_in(post.letters()[-1])
    client.post(link, {"password": "kuda-laut-terbang-77"})
    answer = client.post("/akun/masuk/", {"email": person.email, "password": "kuda-laut-terbang-77"})
    assert (answer["Location"], is_in(client)) == (STEP, False)


def test_english_step_stays_english() -> None:
    person = people.citizen()
    factor.enrolled(person)
    client = Client()
    answer = client.post("/en/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    assert answer["Location"] == f"/en{STEP}"


# Setting up.


def begun(person: Person | None = None) -> tuple[Client, Person, str]:
    """Somebody signed in who has opened the page that sets an app up."""
    person = person or people.citizen()
    client = Client()
    client.force_login(person)
    return client, person, secret_on(client.get(f"{HERE}atur/"))


def test_setup_shows_the_same_secret_as_text_and_as_picture_and_keeps_it() -> None:
    client, person, secret = begun()
    page = words(client.get(f"{HERE}atur/"))
    picture = re.search(r'<img src="(data:image/svg[^"]+)"', page)
    address = totp.address(secret, issuer=current().site_name, holder=str(person.email))
    drawn = segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#111", light="#fff")
    assert secret_on(client.get(f"{HERE}atur/")) == secret
    assert address.startswith("otpauth://totp/")
    assert picture is not None
    assert unquote(picture[1]) == unquote(drawn)
    assert str(person.email) in page
    assert secret not in str(client.session.items())
    assert secret != begun()[2]


def test_setup_with_code_and_password_shows_ten_codes_once() -> None:
    client, person, secret = begun()
    answer = client.post(f"{HERE}atur/", {"code": factor.code(secret), "present": people.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (303, f"{HERE}kode/")
    page = words(client.get(f"{HERE}kode/"))
    codes = re.findall(r'class="key">([A-Z0-9]{5}-[A-Z0-9]{5})<', page)
    assert (len(codes), codes_left(person)) == (10, 10)
    download = client.get(f"{HERE}kode/unduh/")
    assert "attachment" in download["Content-Disposition"]
    assert all(code in download.content.decode() for code in codes)
    assert client.post(f"{HERE}kode/")["Location"] == HERE
    assert not any(code in words(client.get(f"{HERE}kode/")) for code in codes)
    assert client.get(f"{HERE}kode/unduh/").status_code == 303
    stranger, _answer = with_password(person)
    assert stranger.post(STEP, {"code": codes[5]}).status_code == 303


@pytest.mark.parametrize("wrong", ["code", "present"])
def test_setup_with_something_wrong_is_the_form_again_with_the_same_secret(wrong: str) -> None:
    client, person, secret = begun()
    data = {"code": factor.code(secret), "present": people.PASSWORD}
    data[wrong] = {"code": factor.wrong(secret), "present": "salah-sekali"}[wrong]
    answer = client.post(f"{HERE}atur/", data)
    assert (answer.status_code, secret_on(answer)) == (422, secret)
    assert "errors-top" in words(answer)
    assert not has_second_factor(person)


def test_setup_signs_out_elsewhere_and_stays_here() -> None:
    person = people.citizen()
    elsewhere, _answer = with_password(person)
    client, _person = Client(), person
    with_password(person, client)
    secret = secret_on(client.get(f"{HERE}atur/"))
    client.post(f"{HERE}atur/", {"code": factor.code(secret), "present": people.PASSWORD})
    assert (client.get(HERE).status_code, elsewhere.get(HERE).status_code) == (200, 302)


def test_another_app_needs_the_first_one_and_a_slip_costs_no_code_of_it() -> None:
    person = people.citizen()
    old, _codes = factor.enrolled(person)
    client, _person, new = begun(person)
    data = {"present": people.PASSWORD, "old_code": factor.code(old)}
    assert client.post(f"{HERE}atur/", {**data, "code": factor.wrong(new)}).status_code == 422
    assert client.post(f"{HERE}atur/", {**data, "code": factor.code(new), "old_code": ""}).status_code == 422
    no_app = {**data, "code": factor.code(new), "old_code": factor.wrong(old)}
    assert client.post(f"{HERE}atur/", no_app).status_code == 422
    assert client.post(f"{HERE}atur/", {**data, "code": factor.code(new)}).status_code == 303
    fresh, _answer = with_password(person)
    assert fresh.post(STEP, {"code": factor.code(new, ahead=1)}).status_code == 303


# Recovery codes and turning off.


@pytest.mark.parametrize("path", ["kode/", "matikan/"])
def test_change_needs_password_and_code(path: str) -> None:
    person = people.citizen()
    secret, _codes = factor.enrolled(person)
    client = Client()
    client.force_login(person)
    kept = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    for data in (
        {"present": "salah", "code": factor.code(secret)},
        {"present": people.PASSWORD, "code": "123"},
    ):
        assert client.post(f"{HERE}{path}", data).status_code == 422
    assert set(RecoveryCode.objects.values_list("code_hash", flat=True)) == kept
    assert (
        client.post(f"{HERE}{path}", {"present": people.PASSWORD, "code": factor.code(secret)}).status_code
        == 303
    )
    assert set(RecoveryCode.objects.values_list("code_hash", flat=True)) != kept


def test_turned_off_the_password_is_enough_again() -> None:
    person = people.citizen()
    _secret, codes = factor.enrolled(person)
    client = Client()
    client.force_login(person)
    client.post(f"{HERE}matikan/", {"present": people.PASSWORD, "code": codes[0]})
    assert (has_second_factor(person), is_in(with_password(person)[0])) == (False, True)


def test_staff_of_whom_it_is_required_may_not_turn_it_off() -> None:
    require_of_staff()
    person = people.staff("moderator", scenes.regency().root)
    secret, _codes = factor.enrolled(person)
    client = Client()
    client.force_login(person)
    assert f"{HERE}matikan/" not in words(client.get(HERE))
    for answer in (
        client.get(f"{HERE}matikan/"),
        client.post(f"{HERE}matikan/", {"present": people.PASSWORD, "code": factor.code(secret)}),
    ):
        assert answer.status_code == 403
    assert has_second_factor(person)


def test_pages_without_a_second_factor_lead_to_its_overview() -> None:
    client = Client()
    client.force_login(people.citizen())
    assert [client.get(f"{HERE}{path}")["Location"] for path in ("kode/", "matikan/")] == [HERE, HERE]


@pytest.mark.parametrize("path", ["", "atur/", "kode/", "kode/unduh/", "matikan/"])
def test_pages_are_for_the_signed_in(path: str) -> None:
    answer = Client().get(f"{HERE}{path}")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/akun/masuk/")


def test_few_codes_left_are_pointed_out() -> None:
    person = people.citizen()
    factor.enrolled(person)
    client = Client()
    client.force_login(person)
    assert "notice-warn" not in words(client.get(HERE))
    for row in RecoveryCode.objects.filter(person=person)[:8]:
        RecoveryCode.objects.filter(pk=row.pk).update(used_at=row.made_at)
    assert "notice-warn" in words(client.get(HERE))


def test_demo_says_that_nothing_is_required(settings: Any) -> None:
    assert "notice-info" not in words(Client().get("/akun/masuk/"))
    settings.DEMO = True
    assert "notice-info" in words(Client().get("/akun/masuk/"))
