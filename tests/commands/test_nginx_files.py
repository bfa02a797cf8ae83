"""Uploads that nginx sends itself (``REMBUK_ACCEL_PREFIX``): Rembuk decides, nginx has the bytes, nobody gets past Rembuk."""

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.commands.front import MARKS, Front, Site, end, nginx, public_picture, served_copy, sign_in
from tests.web.proposals.test_files import PDF

pytestmark = MARKS
PREFIX = "/_berkas/"
NEW = "/usulan/baru/"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served_copy() as site:
        running = site.start(REMBUK_ACCEL_PREFIX=PREFIX)
        yield site
        end(running)


@pytest.fixture
def front(site: Site, tmp_path: Path) -> Iterator[Front]:
    with nginx(tmp_path, site.port, site.var) as found:
        yield found


def named_by_rembuk(site: Site, path: str) -> str:
    """The internal address that the application itself names, which nginx never lets out."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.read() == b""
    connection.close()
    return answer.headers["X-Accel-Redirect"]


def stored(site: Site, internal: str) -> bytes:
    return (site.var / "uploads" / internal.removeprefix(PREFIX)).read_bytes()


def test_public_picture_comes_byte_for_byte_with_its_headers(front: Front, site: Site) -> None:
    path = f"{public_picture(front)}?lebar=320"
    answer = front.ask(path)
    assert (answer.status, answer.body) == (200, stored(site, named_by_rembuk(site, path)))
    assert answer.one("Content-Length") == str(len(answer.body))
    assert answer.one("Content-Type") == "image/webp"
    assert answer.one("X-Content-Type-Options") == "nosniff"
    assert answer.one("Content-Disposition").startswith("inline; filename")
    assert answer.one("Cache-Control") == "public, max-age=0, must-revalidate, s-maxage=60"
    assert answer.one("Content-Security-Policy").endswith("sandbox")
    assert answer.one("Cross-Origin-Resource-Policy") == "same-origin"
    assert not answer.all("X-Accel-Redirect")


def test_browser_that_has_the_picture_gets_304_and_nginx_keeps_no_copy(front: Front) -> None:
    path = public_picture(front)
    first, second = front.ask(path), front.ask(path)
    assert (first.one("X-Cache"), second.one("X-Cache")) == ("", "")
    again = front.ask(path, if_none_match=first.one("ETag"))
    assert (again.status, again.body) == (304, b"")


def upload(front: Front, cookie: str) -> str:
    """A document attached to a new draft through nginx; its address."""
    page = front.ask(NEW, cookie=cookie).body.decode()
    found, token = (
        re.search(r'data-upload="([^"]+)"', page),
        re.search(r'csrfmiddlewaretoken" value="(\w+)"', page),
    )
    assert found is not None
    assert token is not None
    edge = uuid4().hex
    head = 'Content-Disposition: form-data; name="file"; filename="Surat RT.pdf"\r\nContent-Type: application/pdf'
    body = f"--{edge}\r\n{head}\r\n\r\n".encode() + PDF + f"\r\n--{edge}--\r\n".encode()
    taken = front.ask(
        found[1].replace("&amp;", "&"), "POST", body, cookie=cookie, x_csrftoken=token[1], referer="https://127.0.0.1/",
        content_type=f"multipart/form-data; boundary={edge}",
    )  # fmt: skip
    assert taken.status == 201, taken.body[:300]
    address = re.search(rb'"remove_url": "([^"]+)hapus/', taken.body)
    assert address is not None
    return address[1].decode()


def test_file_of_a_draft_is_its_authors_alone(front: Front) -> None:
    cookie = sign_in(front, "warga")
    path = upload(front, cookie)
    hers = front.ask(path, cookie=cookie)
    assert (hers.status, hers.body, hers.one("Content-Type")) == (200, PDF, "application/pdf")
    assert hers.one("Cache-Control") == "private, no-store"
    assert hers.one("X-Content-Type-Options") == "nosniff"
    assert hers.one("Content-Disposition") == 'attachment; filename="Surat RT.pdf"'
    for refused in (front.ask(path), front.ask(path, cookie=sign_in(front, "moderator"))):
        assert refused.status == 404
        assert PDF not in refused.body


def test_bytes_cannot_be_asked_for_past_the_application(front: Front, site: Site) -> None:
    internal = named_by_rembuk(site, public_picture(front))
    assert stored(site, internal)
    for path in (
        internal,
        PREFIX,
        f"/static/..{internal}",
        f"/static/../uploads/{internal.removeprefix(PREFIX)}",
    ):
        assert front.ask(path).status == 404, path
