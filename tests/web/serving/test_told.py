"""Refusals told again: a network's to whoever signs in there, without a thread; nobody else's; only so many."""

from typing import Any

import pytest

from rembuk.web.answers import OF_NETWORK
from rembuk.web.serving import told
from rembuk.web.serving.admission import Admission
from tests.web.serving.server import refusals

SIGN_IN, OFFICE, PROXY = "/akun/masuk/", "203.0.113.7", "10.0.0.1"
REFUSED = "429 Too Many Requests"


def attempt(
    address: str = OFFICE,
    *,
    path: str = SIGN_IN,
    cookie: str = "csrf=1",
    method: str = "POST",
    packing: str = "gzip",
    forwarded: str = "",
) -> dict[str, Any]:
    headers = [(b"host", b"testserver"), (b"cookie", cookie.encode()), (b"accept-encoding", packing.encode())]
    headers += [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    path, _, query = path.partition("?")
    asked = {"method": method, "path": path, "query_string": query.encode(), "http_version": "1.1"}
    return {**asked, "headers": headers, "client": (address, 40000)}


def refused(scope: dict[str, Any], *, of_network: bool = True) -> Admission:
    inside = Admission(2, cookie="sesi")
    headers = [("Retry-After", "600"), ("Set-Cookie", "a=1")]
    inside.remember(scope, REFUSED, [*headers, (OF_NETWORK, "yes")] if of_network else headers, b"tunggu")
    return inside


def test_network_past_its_limit_is_told_so_at_once_whoever_signs_in_there() -> None:
    inside, counted = refused(attempt()), refusals("again")
    again = inside.refusal(attempt(cookie="csrf=2"))
    assert again is not None
    assert refusals("again") == counted + 1
    assert (again.status, again.body) == (429, b"tunggu")
    names = dict(again.headers)
    assert 595 <= int(names["Retry-After"]) <= 600
    assert "Set-Cookie" not in names


@pytest.mark.parametrize(
    "other",
    [
        {"address": "203.0.113.8"},
        {"path": "/en/akun/masuk/"},
        {"path": "/akun/daftar/"},
        {"path": "/akun/keluar/"},
        {"packing": "br"},
        {"method": "GET"},
        {"cookie": "csrf=1; rembuk_known=x"},
        {"cookie": "csrf=1; sesi=ayu"},
    ],
)
def test_refusal_of_a_network_is_for_its_sign_ins_without_session_or_known_browser(
    other: dict[str, str],
) -> None:
    assert refused(attempt()).refusal(attempt(**other)) is None  # type: ignore[arg-type]


def test_refusal_of_a_network_that_holds_somebodys_query_is_told_to_nobody() -> None:
    assert refused(attempt(path=f"{SIGN_IN}?next=/akun/komentar/")).refusal(attempt()) is None
    assert refused(attempt()).refusal(attempt(path=f"{SIGN_IN}?next=/akun/komentar/")) is not None


def test_a_household_of_ipv6_is_one_network() -> None:
    inside = refused(attempt("2001:db8:1:2::5"))
    assert inside.refusal(attempt("2001:db8:1:2:3:4:5:6")) is not None
    assert inside.refusal(attempt("2001:db8:1:3::5")) is None


def test_limit_of_one_account_says_nothing_of_the_next_at_the_same_address() -> None:
    assert refused(attempt(), of_network=False).refusal(attempt()) is None


def test_behind_a_proxy_the_network_is_that_of_who_asks(settings: Any) -> None:
    settings.TRUSTED_PROXIES = frozenset({PROXY})
    inside = refused(attempt(PROXY, forwarded=f"198.51.100.1, {OFFICE}"))
    assert inside.refusal(attempt(PROXY, forwarded=OFFICE)) is not None
    assert inside.refusal(attempt(PROXY, forwarded="198.51.100.1")) is None
    # Who is no proxy of ours may write what he likes.
    assert inside.refusal(attempt("198.51.100.9", forwarded=OFFICE)) is None


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "MOST_REMEMBERED", 2)
    inside, votes = Admission(1, cookie="sesi"), "/diskusi/usulan/USL-2026-0001/suara/"
    hers = [attempt(path=votes, cookie=f"sesi={name}") for name in ("ayu", "budi", "citra")]
    for scope in hers:
        inside.remember(scope, REFUSED, [("Retry-After", "60")], b"")
    assert [inside.refusal(scope) is None for scope in hers] == [True, False, False]
