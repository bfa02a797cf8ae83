"""A form that meets no database: 503 with Retry-After, and one press sends what was typed again, once."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory

from rembuk.engagement.models import Comment, Subject
from rembuk.web.sending.unsent import MOST_CHARACTERS, unsent
from tests import people, scenes
from tests.engagement import talks
from tests.web.engagement.pages import act
from tests.web.sending.forms import browser, with_key

TYPED = 'Jalan <b>rusak</b> "sekali".\nBaris kedua & lainnya.'


@contextmanager
def demoted() -> Iterator[None]:
    """The server takes no writes, as one that was the primary until a moment ago."""
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of the one form of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {html.unescape(name): html.unescape(value) for name, value in found}


@pytest.fixture
def subject(transactional_db: None) -> Subject:
    return talks.subject(scenes.regency().works, people.citizen("Pengusul"))


def test_comment_that_met_no_primary_is_sent_again_by_one_press_and_done_once(subject: Subject) -> None:
    client = browser(people.citizen())
    client.raise_request_exception = False
    with demoted():
        refused = client.post(act(subject, "tulis"), with_key({"body": TYPED}))
    page = refused.content.decode()
    assert (refused.status_code, refused["Retry-After"], refused["Cache-Control"]) == (503, "15", "no-store")
    assert (Comment.objects.count(), f'action="{act(subject, "tulis")}"' in page) == (0, True)
    kept = fields_of(page)
    assert kept["body"] == TYPED
    for _press in range(2):
        assert client.post(act(subject, "tulis"), kept).status_code == 303
    assert [comment.body.replace("\r\n", "\n") for comment in Comment.objects.all()] == [TYPED]


@contextmanager
def sessions_held() -> Iterator[None]:
    """Another connection holds every session, and nobody waits long for it."""
    given = {**connection.get_connection_params(), "autocommit": False}
    with psycopg.connect(**given) as other, connection.cursor() as cursor:
        other.execute("SELECT FROM django_session FOR UPDATE")
        cursor.execute("SET lock_timeout = '200ms'")
        try:
            yield
        finally:
            cursor.execute("RESET lock_timeout")


@contextmanager
def signed_out_meanwhile() -> Iterator[None]:
    """The session is ended elsewhere as soon as the deed is done."""

    def end(execute: Callable[..., object], sql: str, *rest: object) -> object:
        done = execute(sql, *rest)
        if "engagement_comment" in sql and sql.startswith("INSERT"):
            Session.objects.all().delete()
        return done

    with connection.execute_wrapper(end):
        yield


def test_deed_whose_session_could_not_be_kept_is_told_as_503_and_not_done_again(subject: Subject) -> None:
    client = browser(people.citizen())
    client.raise_request_exception = False
    with sessions_held():
        refused = client.post(act(subject, "tulis"), with_key({"body": TYPED}))
    assert (refused.status_code, refused["Retry-After"], Comment.objects.count()) == (503, "15", 1)
    assert client.post(act(subject, "tulis"), fields_of(refused.content.decode())).status_code == 303
    assert Comment.objects.count() == 1


def test_session_that_was_ended_meanwhile_is_no_fault_of_the_database(subject: Subject) -> None:
    client = browser(people.citizen())
    client.raise_request_exception = False
    with signed_out_meanwhile():
        assert client.post(act(subject, "tulis"), with_key({"body": TYPED})).status_code == 400


def test_page_that_met_no_database_offers_no_form(subject: Subject) -> None:
    client = Client(raise_request_exception=False)
    request = RequestFactory().get(act(subject, "tulis"))
    assert unsent(request) is None
    with demoted():
        assert client.get("/usulan/").status_code == 200  # reading goes on


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/akun/masuk/", {"login": "a@b.example", "code": "123456"}),
        ("/en/akun/masuk/", {"login": "a@b.example"}),
        ("/usulan/", {"body": "a", "new_password": "rahasia"}),
        ("/usulan/", {"body": "a", "file": SimpleUploadedFile("a.txt", b"a")}),
        ("/usulan/", {"body": "a" * (MOST_CHARACTERS + 1)}),
        ("/usulan/", {}),
    ],
)
def test_secrets_files_and_very_long_texts_are_not_kept(path: str, fields: dict[str, object]) -> None:
    assert unsent(RequestFactory().post(path, fields)) is None


def test_every_value_of_a_field_is_kept_in_its_order() -> None:
    kept = unsent(RequestFactory().post("/usulan/?a=1", {"butir": ["2", "1"], "body": "x"}))
    assert kept is not None
    assert (kept.address, kept.fields) == ("/usulan/?a=1", (("butir", "2"), ("butir", "1"), ("body", "x")))


def test_address_never_leads_to_another_site() -> None:
    kept = unsent(RequestFactory().post("//lain.example/usulan/", {"body": "x"}))
    assert kept is None or not kept.address.startswith("//")


def test_form_that_cannot_be_read_is_not_kept() -> None:
    many = "&".join(f"a{number}=1" for number in range(2_100))
    form = "application/x-www-form-urlencoded"
    assert unsent(RequestFactory().post("/usulan/", many, content_type=form)) is None
