"""The key of what was sent: the same only for the same content, from the same person, to the same place."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import RequestFactory

from rembuk.web.sending.keys import key_of
from tests import people

_FORM = {"kiriman": "kunci-satu", "csrfmiddlewaretoken": "a", "body": "Setuju.", "unit": ["1", "2"]}
type Send = Callable[..., UUID | None]


@pytest.fixture
def send(db: None) -> Send:
    person = people.citizen()

    def key(path: str = "/usulan/tulis/", *, by: object = person, **fields: object) -> UUID | None:
        request = RequestFactory().post(path, {**_FORM, **fields})
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
        request.user = by  # type: ignore[assignment]
        return key_of(request)

    return key


def test_same_form_sent_again_has_the_same_key_whatever_its_token(send: Send) -> None:
    assert send() == send(csrfmiddlewaretoken="b")


@pytest.mark.parametrize(
    "other",
    [
        {"kiriman": "kunci-dua"},
        {"body": "Setuju"},
        {"unit": ["12"]},
        {"unit": ["2", "1"]},
        {"more": ""},
        {"path": "/usulan/tulis/?lagi=1"},
    ],
)
def test_any_other_content_or_place_is_another_form(send: Send, other: dict[str, str]) -> None:
    assert send() != send(**other)


def test_other_person_with_the_same_form_has_another_key(send: Send) -> None:
    assert send() != send(by=people.citizen())


@pytest.mark.parametrize("given", ["", "x" * 65])
def test_form_without_a_usable_key_has_none(send: Send, given: str) -> None:
    assert send(kiriman=given) is None


def _file(content: bytes, name: str = "peta.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_files_belong_to_the_content(send: Send) -> None:
    first = send(file=_file(b"abc"))
    assert first == send(file=_file(b"abc"))
    assert len({first, send(), send(file=_file(b"abd")), send(file=_file(b"abc", "b.pdf"))}) == 4


def test_file_can_be_read_after_its_key_was_taken() -> None:
    request = RequestFactory().post("/", {**_FORM, "file": _file(b"abc")})
    key_of(request)
    assert request.FILES["file"].read() == b"abc"


def test_forms_of_one_page_share_a_key_and_pages_do_not() -> None:
    source = "{% csrf_token %}|{% csrf_token %}"
    pages = [
        engines["django"].from_string(source).render({}, RequestFactory().get("/")).split("|")
        for _page in range(2)
    ]
    keys = [[form.split('name="kiriman" value="')[1].split('"')[0] for form in page] for page in pages]
    assert [len(set(page)) for page in keys] == [1, 1]
    assert keys[0] != keys[1]
    assert len(keys[0][0]) == 22


def test_form_outside_of_a_request_has_a_key_of_its_own() -> None:
    shown = engines["django"].from_string("{% csrf_token %}").render({"csrf_token": "t"})
    assert shown.count('name="kiriman"') == 1


def test_form_without_a_token_has_no_key() -> None:
    assert engines["django"].from_string("{% csrf_token %}").render({}) == ""
