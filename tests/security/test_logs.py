"""What a scripted session leaves in the log stream: no address of mail, no password, no token, no typed text."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from rembuk.logbook.config import logging_config
from tests import people, scenes
from tests.accounts import post

pytestmark = pytest.mark.django_db
ADDRESS = "rahasia.sekali@contoh.id"
WRONG = "salah-Sekali-4711"


class _Production:
    kind = "production"
    log_level = "DEBUG"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """All that production writes to its stream."""
    formatters = logging_config(_Production())["formatters"]
    options = dict(formatters["stream"])
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(options.pop("()")(**options))
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler.stream
    root.removeHandler(handler)


def test_scripted_session_leaves_no_secret_in_the_log(stream: io.StringIO) -> None:
    scenes.regency()
    person = people.citizen("Xaverius Penanda", email=ADDRESS)
    client = Client()
    for email, password in ((ADDRESS, WRONG), (f"x{ADDRESS}", WRONG), (ADDRESS, people.PASSWORD)):
        client.post("/akun/masuk/", {"email": email, "password": password})
    key = client.cookies["rembuk_session"].value
    client.post("/akun/kata-sandi/", {"current": WRONG, "password": WRONG, "again": WRONG})
    visitor = Client()
    visitor.post("/akun/lupa-kata-sandi/", {"email": ADDRESS})
    link = post.link_in(post.letters()[0])
    visitor.get(link)
    visitor.get("/cari/", {"q": ADDRESS, "token": "rahasia-4711"})
    written = stream.getvalue()
    assert "sign_in.failed" in written
    for secret in (ADDRESS, WRONG, people.PASSWORD, key, link.strip("/").split("/")[-1], "rahasia-4711"):
        assert secret not in written, secret
    assert person.name not in written


def test_exception_in_a_page_leaves_its_place_and_no_values(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rembuk.web.accounts import door

    def broken(*_args: object) -> None:
        secret = WRONG
        raise RuntimeError(f"no way for {ADDRESS}{secret[:0]}")

    monkeypatch.setattr(door, "identify", broken)
    client = Client(raise_request_exception=False)
    answer = client.post("/akun/masuk/", {"email": ADDRESS, "password": WRONG})
    written = stream.getvalue()
    assert answer.status_code == 500
    assert "RuntimeError" in written
    assert WRONG not in written + answer.content.decode()
    assert ADDRESS not in written + answer.content.decode()
    for line in written.splitlines():
        json.loads(line)
