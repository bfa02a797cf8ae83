"""What the loop reads of a request: what is remembered of it, and what never is."""

from collections.abc import Sequence

import pytest

from rembuk.web.pagecache import questions
from rembuk.web.pagecache.questions import LONGEST, READ, Question, Questions
from rembuk.web.pagecache.requests import is_for_everybody, key_of
from tests.web.pagecache.asking import request

HOST = (b"host", b"testserver")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[object]]:
    """The requests that were not remembered."""
    found: list[Sequence[object]] = []
    whole = questions._environ

    def noted(*asked: object) -> object:
        found.append(asked)
        return whole(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(questions, "_environ", noted)
    return found


def read(*lines: tuple[bytes, bytes], url: bytes = b"/usulan/", method: bytes = b"GET") -> Question | None:
    return Questions(("sesi",)).read(method, url, "http", (HOST, *lines))


def test_question_is_that_of_the_same_request_in_a_thread() -> None:
    asked = request(
        "/usulan/?q=a&utm_source=wa", accept_encoding="br;q=1, gzip", if_none_match='"x"', hx_request="true"
    )
    lines = [(b"accept-encoding", b"br;q=1, gzip"), (b"if-none-match", b'"x"'), (b"hx-request", b"true")]
    assert is_for_everybody(asked, ("sesi",))
    assert read(*lines, url=b"/usulan/?q=a&utm_source=wa") == Question(key_of(asked), "br", '"x"')


def test_alike_requests_are_read_once(reads: list[Sequence[object]]) -> None:
    known = Questions(("sesi",))
    for _ in range(3):
        known.read(b"GET", b"/usulan/", "http", (HOST,))
    assert len(reads) == 1
    assert known.read(b"GET", b"/usulan/", "https", (HOST,)) != known.read(
        b"GET", b"/usulan/", "http", (HOST,)
    )
    assert len(reads) == 2


@pytest.mark.parametrize(
    "line", [(b"cookie", b"tema=gelap"), (b"cookie", b"sesi=a"), (b"authorization", b"Bearer x")]
)
def test_nothing_that_tells_who_asks_is_remembered(
    reads: list[Sequence[object]], line: tuple[bytes, bytes]
) -> None:
    known = Questions(("sesi",))
    for _ in range(2):
        known.read(b"GET", b"/usulan/", "http", (HOST, line))
    assert len(reads) == 2
    assert known._remember.cache_info().currsize == 0


def test_long_requests_are_not_remembered() -> None:
    known = Questions(())
    for length in (LONGEST, LONGEST * 60):
        assert known.read(b"GET", b"/" + b"a" * length, "http", (HOST,)) is not None
        assert known.read(b"GET", b"/", "http", (HOST, (b"if-none-match", b"a" * length))) is not None
    assert known._remember.cache_info().currsize == 0


@pytest.mark.parametrize("name", sorted(READ))
def test_many_empty_lines_are_not_remembered(name: bytes) -> None:
    known = Questions(())
    assert known.read(b"GET", b"/", "http", (HOST, *[(name, b"")] * 9_000)) is None
    assert known._remember.cache_info().currsize == 0


@pytest.mark.parametrize("method", [b"POST", b"OPTIONS"])
def test_what_is_no_reading_is_no_question(method: bytes) -> None:
    assert read(method=method) is None


@pytest.mark.parametrize(
    "url", [b"*", b"/%75sulan/", b"/usulan/#a", "/usulan/\u00e9".encode(), b"http://lain/usulan/"]
)
def test_unusual_addresses_take_the_way_of_all_others(url: bytes) -> None:
    assert read(url=url) is None


@pytest.mark.parametrize(
    "line",
    [
        (b"host", b"lain"),
        (b"content-length", b"0"),
        (b"transfer-encoding", b"chunked"),
        (b"expect", b"100-continue"),
        (b"upgrade", b"h2c"),
        (b"cookie", b"sesi=a"),
        (b"authorization", b""),
        (b"hx-request", b"ya"),
        (b"x-forwarded-proto", b"ftp"),
    ],
)
def test_unusual_headers_take_the_way_of_all_others(line: tuple[bytes, bytes]) -> None:
    assert line[0] in READ
    assert read(line) is None


def test_request_without_a_host_takes_the_way_of_all_others() -> None:
    assert Questions(()).read(b"GET", b"/usulan/", "http", ()) is None
