"""The nginx that ships, before a real site: what it keeps, for whom, how long, and what happens in a flood and a fall."""

import gzip
import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rembuk.config.served import MOST_BYTES
from rembuk.runtime import env
from tests.commands import support
from tests.commands.front import (
    MARKS,
    SHIPPED,
    Front,
    Site,
    end,
    nginx,
    public_picture,
    rendered,
    served_copy,
    sign_in,
)

pytestmark = MARKS
LIST = "/usulan/"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served_copy() as site:
        yield site


@pytest.fixture(scope="module")
def running(site: Site) -> Iterator["subprocess.Popen[bytes]"]:
    server = site.start()
    yield server
    end(server)


@pytest.fixture
def front(site: Site, running: object, tmp_path: Path) -> Iterator[Front]:
    with nginx(tmp_path, site.port, site.var) as found:
        yield found


def test_text_that_no_longer_fits_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "rembuk.conf"
    broken.write_text(SHIPPED.read_text().replace("/var/cache/rembuk-nginx", "/elsewhere"))
    monkeypatch.setattr("tests.commands.front.SHIPPED", broken)
    with pytest.raises(LookupError, match="rembuk-nginx"):
        rendered(plain=1, port=2, behind=3, folder=tmp_path, var=tmp_path)


def test_largest_body_is_the_one_of_the_application() -> None:
    assert re.findall(r"client_max_body_size (\d+);", SHIPPED.read_text()) == [str(MOST_BYTES)]


def test_pages_of_visitors_come_from_nginx_each_packing_and_language_by_itself(front: Front) -> None:
    for path, packing in [(LIST, "br"), (LIST, "gzip, deflate"), (LIST, "identity"), ("/en" + LIST, "br")]:
        first, second = (front.ask(path, accept_encoding=packing) for _ in range(2))
        assert (first.status, first.one("X-Cache"), second.one("X-Cache")) == (200, "MISS", "HIT")
        assert first.body == second.body
        assert first.one("Content-Encoding") == packing.partition(",")[0].replace("identity", "")
    assert b'<html lang="id"' in front.ask(LIST).body
    assert b'<html lang="en"' in front.ask("/en" + LIST).body


def test_headers_stand_once_and_are_those_of_the_application(front: Front) -> None:
    for _ in range(2):
        answer = front.ask(LIST)
        for name in (
            "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cache-Control", "ETag",
        ):  # fmt: skip
            assert len(answer.all(name)) == 1, name
        assert not answer.all("X-Accel-Expires")
        assert "s-maxage" in answer.one("Cache-Control")


def test_browser_that_has_the_page_gets_304_from_nginx(front: Front) -> None:
    tag = front.ask(LIST, accept_encoding="gzip").one("ETag")
    again = front.ask(LIST, accept_encoding="gzip", if_none_match=tag)
    assert (again.status, again.body, again.one("X-Cache")) == (304, b"", "HIT")
    assert front.ask(LIST, accept_encoding="br", if_none_match=tag).status == 200


def test_head_has_headers_and_no_body(front: Front) -> None:
    answer = front.ask(LIST, "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.one("Content-Length")) == len(front.ask(LIST).body)


def test_page_is_asked_for_again_after_a_second_so_that_acts_of_staff_show(front: Front) -> None:
    front.ask(LIST)
    time.sleep(2.2)
    assert front.ask(LIST).one("X-Cache") in ("REVALIDATED", "EXPIRED")


HIDE = """
import sys
from rembuk.ops.launch.readiness import prepare, start_django
prepare()
start_django()
from rembuk.accounts.models import Person
from rembuk.proposals.actions.hide import hide_proposal
from rembuk.proposals.models import Proposal
from rembuk.taxonomy.models import ReasonCode
hide_proposal(
    Proposal.objects.get(code=sys.argv[1]),
    reason=ReasonCode.objects.filter(uses__contains=["hide"])[0],
    message=sys.argv[2],
    by=Person.objects.filter(grants__role__slug="administrator")[0],
)
"""


def test_text_that_staff_hide_is_gone_long_before_its_seconds_have_passed(site: Site, front: Front) -> None:
    listed = f"{LIST}?urut=komentar"  # no other test has asked for it, so it is made now
    code = re.search(rb'href="/usulan/([A-Z0-9-]+)/"', front.ask(listed).body)
    assert code is not None
    path, message = f"/usulan/{code[1].decode()}/", "Memuat nomor telepon orang lain."
    shown = front.ask(path)
    assert (shown.status, message.encode() in shown.body) == (200, False)
    assert "s-maxage=30" in shown.one("Cache-Control")
    subprocess.run(
        [sys.executable, "-c", HIDE, code[1].decode(), message],
        env=support.environment(site.var, REMBUK_ENV="demo", PYTHONPATH=str(env.ROOT / "src")),
        check=True,
        cwd="/",
    )
    assert support.eventually(
        lambda: message.encode() in front.ask(path).body and code[1] not in front.ask(listed).body, 12
    )


def test_parameter_the_page_does_not_read_is_kept_apart(front: Front) -> None:
    front.ask(LIST)
    other = front.ask(f"{LIST}?nakal=%3Cb%3E")
    assert (other.status, other.one("X-Cache")) == (200, "MISS")
    assert b"nakal" not in front.ask(LIST).body


def test_posts_are_never_kept(front: Front) -> None:
    for _ in range(2):
        answer = front.ask("/akun/masuk/", "POST", b"login=x")
        assert answer.status == 403
        assert answer.one("X-Cache") == ""


def test_forms_and_what_sets_a_cookie_are_never_kept(front: Front) -> None:
    for _ in range(2):
        answer = front.ask("/akun/masuk/")
        assert (answer.status, answer.one("X-Cache")) == (200, "MISS")
        assert answer.one("Cache-Control") == "private, no-store"
        assert answer.all("Set-Cookie")


def test_page_of_a_person_is_hers_alone(front: Front) -> None:
    visitors = front.ask(LIST).body
    cookie = sign_in(front, "warga")
    for _ in range(2):
        hers = front.ask(LIST, cookie=cookie)
        assert (hers.status, hers.one("X-Cache")) == (200, "BYPASS")
        assert hers.one("Cache-Control") == "private, no-store"
        assert b'href="/akun/"' in hers.body
    assert b'href="/akun/"' not in visitors
    assert front.ask(LIST).body == visitors


def test_files_come_from_disk_packed_and_for_ever(front: Front) -> None:
    path = re.search(rb'href="(/static/[^"]+\.css)"', front.ask(LIST).body)
    assert path is not None
    answer = front.ask(path[1].decode(), accept_encoding="gzip")
    assert (answer.status, answer.one("Content-Encoding")) == (200, "gzip")
    assert "immutable" in "".join(answer.all("Cache-Control"))
    assert b"{" in gzip.decompress(answer.body)
    assert answer.one("X-Cache") == ""


def test_upload_is_kept_as_long_as_a_page_so_that_a_hidden_one_goes_as_soon(front: Front) -> None:
    path = public_picture(front)
    first, second = front.ask(path), front.ask(path)
    assert (first.status, first.one("X-Cache"), second.one("X-Cache")) == (200, "MISS", "HIT")
    time.sleep(2.2)
    again = front.ask(path)
    assert (again.one("X-Cache"), again.body) == ("REVALIDATED", first.body)


def test_figures_are_not_for_the_public_and_http_leads_to_https(front: Front) -> None:
    assert front.ask("/metrics").status == 403
    connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=20)
    connection.request("GET", "/usulan/?q=a")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://127.0.0.1/usulan/?q=a")
    connection.close()


def test_http_2_is_spoken(front: Front) -> None:
    trust = ssl._create_unverified_context()
    trust.set_alpn_protocols(["h2", "http/1.1"])
    with trust.wrap_socket(socket.create_connection(("127.0.0.1", front.port), timeout=20)) as connection:
        assert connection.selected_alpn_protocol() == "h2"


def test_too_large_a_body_is_refused_before_it_is_sent(front: Front) -> None:
    answer = front.ask("/akun/masuk/", "POST", b"", content_length=str(MOST_BYTES + 1))
    assert answer.status == 413


def flood(front: Front, count: int) -> bytes:
    """As many requests as fast as one connection takes them, each with a query of its own."""
    trust = ssl._create_unverified_context()
    asked = [f"GET /healthz?acak={number} HTTP/1.1\r\nHost: 127.0.0.1\r\n" for number in range(count)]
    asked[-1] += "Connection: close\r\n"
    with trust.wrap_socket(socket.create_connection(("127.0.0.1", front.port), timeout=60)) as connection:
        connection.sendall("".join(f"{lines}\r\n" for lines in asked).encode())
        found = b""
        while piece := connection.recv(65536):
            found += piece
    return found


def test_flood_is_told_to_wait_while_readers_go_on(front: Front) -> None:
    front.ask(LIST)
    with ThreadPoolExecutor(4) as pool:
        floods = [pool.submit(flood, front, 300) for _ in range(4)]
        readers = [front.ask(LIST).status for _ in range(10)]
        answers = b"".join(flooding.result() for flooding in floods)
    statuses = re.findall(rb"HTTP/1.1 (\d+) ", answers)
    assert set(statuses) == {b"200", b"429"}
    assert statuses.count(b"429") > 600
    assert answers.count(b"Retry-After: 5") == statuses.count(b"429")
    assert readers == [200] * 10


def test_readers_keep_their_pages_while_the_application_is_away(tmp_path: Path) -> None:
    with served_copy() as site:
        running = site.start()
        with nginx(tmp_path, site.port, site.var) as front:
            kept = front.ask(LIST).body
            os.killpg(running.pid, signal.SIGKILL)
            running.wait(20)
            # Its processes watch it and end, too.
            assert support.eventually(
                lambda: support.status(f"http://127.0.0.1:{site.port}/healthz") == 0, 20
            )
            time.sleep(2.2)
            stale = front.ask(LIST)
            assert (stale.status, stale.one("X-Cache"), stale.body) == (200, "STALE", kept)
            away = front.ask("/program/")
            assert (away.status, away.one("Retry-After")) == (503, "30")
            assert "dipulihkan" in away.body.decode()
            again = site.start()
            try:
                assert front.ask("/program/").status == 200
            finally:
                end(again)
