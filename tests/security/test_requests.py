"""Requests that lie about where they come from or where they lead."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from rembuk.web.addresses import client_address
from tests import people, scenes
from tests.accounts import post

pytestmark = pytest.mark.django_db
AWAY = (
    "https://jahat.example/",
    "//jahat.example/",
    "///jahat.example/",
    "/\\jahat.example/",
    "\\\\jahat.example",
    "https:jahat.example",
    "javascript:alert(7)",
    " //jahat.example",
    "\t//jahat.example",
    "/%0d%0aSet-Cookie:x=1",
    "http://testserver@jahat.example/",
    "//testserver.jahat.example/",
)


@pytest.mark.parametrize("where", AWAY)
def test_way_back_after_sign_in_never_leaves_the_site(where: str, client: Client) -> None:
    person = people.citizen()
    data = {"email": person.email, "password": people.PASSWORD, "next": where}
    to = client.post("/akun/masuk/", data)["Location"]
    assert to.startswith("/")
    assert not to.startswith(("//", "/\\"))
    assert "\n" not in to


@pytest.mark.parametrize("where", AWAY)
def test_form_of_a_visitor_leads_back_to_this_site_only(where: str, client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    answer = client.post(f"/diskusi/usulan/{proposal.code}/suara/", {"value": "1", "next": where})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/akun/masuk/")
    page = client.get(answer["Location"]).content.decode()
    assert 'value="javascript' not in page
    assert 'value="//jahat' not in page


@pytest.mark.parametrize("host", ["jahat.example", "testserver.jahat.example", "x\r\ny", "127.0.0.1:99999"])
def test_foreign_host_is_refused(host: str, client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    assert client.get("/", headers={"Host": host}).status_code == 400


def test_letter_names_the_address_of_the_site_whatever_the_request_says(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    person = people.citizen()
    client = Client(headers={"Host": "jahat.example", "X-Forwarded-Host": "jahat.example"})
    client.post("/akun/lupa-kata-sandi/", {"email": person.email})
    (letter,) = post.letters()
    assert "jahat.example" not in str(letter.message())
    assert settings.BASE_URL in str(letter.body)


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("203.0.113.5", "10.0.0.1", "203.0.113.5"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "10.0.0.1, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7, 127.0.0.1", "198.51.100.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "'; DROP TABLE--", "127.0.0.1"),
        ("127.0.0.1", "x" * 5000, "127.0.0.1"),
    ],
)
def test_forwarded_address_counts_from_trusted_proxies_only(
    peer: str, forwarded: str, seen: str, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = ("127.0.0.1",)
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == seen


def test_forged_address_without_a_proxy_escapes_no_limit() -> None:
    person = people.citizen()
    data = {"email": person.email, "password": "salah-sekali-2026"}
    forged = [Client(headers={"X-Forwarded-For": f"10.0.0.{n}"}) for n in range(12)]
    assert forged[0].post("/akun/masuk/", data).status_code == 422
    assert [client.post("/akun/masuk/", data).status_code for client in forged][-1] == 429


def test_body_over_the_limit_is_refused(client: Client) -> None:
    client.force_login(people.citizen())
    answer = client.post("/usulan/baru/", {"body": "x" * (3 * 1024 * 1024)})
    assert answer.status_code in {400, 413}


def test_more_fields_than_allowed_are_refused(client: Client) -> None:
    answer = client.post("/akun/masuk/", {f"f{n}": "1" for n in range(2_001)})
    assert answer.status_code in {400, 413}


@pytest.mark.parametrize("body", [b"--x\r\nContent-Disposition: form-data; name=", b"", b"\xff\xfe\x00"])
def test_broken_multipart_is_refused_or_an_empty_form(body: bytes, client: Client) -> None:
    answer = client.generic("POST", "/akun/masuk/", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in {200, 400, 422}


def test_request_id_of_the_sender_cannot_write_into_the_log(client: Client) -> None:
    answer = client.get("/usulan/", headers={"X-Request-ID": "a\nERROR forged" + "x" * 500})
    assert answer.status_code == 200
    assert "forged" not in str(answer.headers)
