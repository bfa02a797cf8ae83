"""Visitors' pages are one copy for all: opened signed in first, then as a visitor, no byte of the person appears."""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
import time_machine
from django.test import Client
from django.urls import resolve

from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.engagement.models import Follow
from rembuk.web.guards import guard_of
from rembuk.web.pagecache.cache import PageCache
from tests import consultation_scenes, people, scenes
from tests.architecture.test_routes import ROUTES
from tests.security import world
from tests.security.world import body_of
from tests.web.pagecache.asking import Answer, ask
from tests.web.pagecache.site import django_behind_a_cache

pytestmark = pytest.mark.django_db
NAME = "Xaverius Penanda Unik"
ADDRESS = "penanda.unik@contoh.id"
VERSIONS = "uji-publik/<str:code>/versi/<int:old>/<int:new>/"
# Sent piece by piece from the disk; other shared caches may keep them, the page cache holds pages only.
FILES = {
    "usulan/<str:code>/lampiran/<uuid:file_id>/",
    "program/<str:code>/dokumen/<uuid:public_id>/",
    "program/<str:code>/gambar/<uuid:public_id>/",
    "program/<str:code>/bukti/<uuid:public_id>/",
    "program/<str:code>/kesaksian/<uuid:public_id>/gambar/",
    "uji-publik/<str:code>/berkas/<uuid:public_id>/",
}
# Workbooks and tables are made for whoever asks, within a limit of its own (docs/decisions/0071-exports.md).
EXPORTS = {
    "program/<str:code>/evaluasi/<int:number>/data.xlsx",
    "uji-publik/<str:code>/data.csv",
    "uji-publik/<str:code>/data.xlsx",
    "transparansi/laporan/<str:code>/data.xlsx",
}
# On so many pages of each kind at least the signed-in person is found, or the tests below would look for nothing.
NAMED = {"visitor": 75, "form": 25, "person": 32, "staff": 225}


@pytest.fixture
def page_cache() -> Iterator[PageCache]:
    with django_behind_a_cache() as cache:
        yield cache


@pytest.fixture
def site() -> world.World:
    """A small site with a thing of every kind."""
    return world.furnish()


@pytest.fixture
def routes(site: world.World) -> dict[str, str]:
    """An address of every route, each with something to show to whoever may see it."""
    compared = consultation_scenes.answering(site.place)
    consultation_scenes.second_version(compared)
    assert VERSIONS in ROUTES
    return world.addresses(site) | {VERSIONS: f"/uji-publik/{compared.code}/versi/1/2/"}


@pytest.fixture
def addresses(site: world.World, routes: dict[str, str]) -> list[str]:
    """Every visitors' page, and some with a query; files and exports have tests of their own."""
    pages = [path for route, path in routes.items() if _kind(route) == "visitor"]
    left_out = {routes[route] for route in FILES | EXPORTS}
    return [path for path in [*pages, *_further(site)] if path not in left_out]


def _further(site: world.World) -> list[str]:
    code = site.consultation.code
    talks = [
        f"/diskusi/uji-publik/{code}/",
        f"/diskusi/butir/{code}-B1/",
        f"/uji-publik/{code}/?bagian=semua",
    ]
    return [*talks, "/?x=1", "/usulan/?q=lampu", "/cari/?q=jembatan", "/uji-publik/?tahap=answering"]


def _kind(route: str) -> str:
    """Who may open it; the pages of django-allauth, which carry no guard of ours, are forms."""
    guard = guard_of(ROUTES[route].callback)
    return guard.kind if guard else "form"


def _cookie(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return f"rembuk_session={client.cookies['rembuk_session'].value}"


class Walk:
    """Asks for addresses through the page cache, each as an administrator, as an author, and twice as a visitor."""

    def __init__(self, cache: PageCache, site: world.World) -> None:
        administrator = people.staff("administrator", site.place.root, NAME)
        Person.objects.filter(pk=administrator.pk).update(email=ADDRESS)
        administrator.refresh_from_db()
        self.cache, self.cookies = cache, [_cookie(administrator), _cookie(site.author)]
        sessions = [cookie.partition("=")[2] for cookie in self.cookies]
        self.forbidden = [text.encode() for text in (NAME, ADDRESS, site.author.email, *sessions)]
        self.named = dict.fromkeys(NAMED, 0)
        self.shared: set[str] = set()

    def open(self, kind: str, address: str) -> Answer:
        """The visitor's answer, the same twice but for tokens, and with nothing of those who were there before her."""
        for cookie in self.cookies:
            own = ask(self.cache, address, cookie=cookie)
            assert kind == "machine" or own.headers["cache-control"].startswith("private"), address
            if kind != "machine":
                self.named[kind] += any(text in own.body for text in self.forbidden)
        first, again = ask(self.cache, address), ask(self.cache, address)
        for answer in (first, again):
            whole = answer.body + repr(answer.headers).encode()
            assert [text for text in self.forbidden if text in whole] == [], address
            assert _cookies(answer) <= {"rembuk_csrf"}, address
        assert first.status == again.status, address
        if kind == "visitor":
            self._is_for_everybody(address, first, again)
        return again

    def _is_for_everybody(self, address: str, first: Answer, again: Answer) -> None:
        assert first.status == 200, address
        assert _cookies(first) | _cookies(again) == set(), address
        assert b"csrfmiddlewaretoken" not in again.body, address
        if "s-maxage" in again.headers["cache-control"]:
            assert first.body == again.body, address
            self.shared.add(address)
        for cookie in self.cookies:
            own = ask(self.cache, address, cookie=cookie)
            assert own.headers["cache-control"].startswith("private"), address


def test_no_byte_of_a_person_comes_through_the_page_cache(
    site: world.World, routes: dict[str, str], page_cache: PageCache
) -> None:
    """Every URL signed in first, then as a visitor, then from memory: nothing of a person is kept (ARCHITECTURE section 6)."""
    walk = Walk(page_cache, site)
    for route, path in routes.items():
        kind = _kind(route)
        answer = walk.open(kind, path)
        assert answer.status != 200 or kind not in {"person", "staff"}, path
        if kind == "visitor":
            walk.open(kind, f"/en{path}")
    for path in _further(site):
        walk.open("visitor", path)
    visitors = {path: route for route, path in routes.items() if _kind(route) == "visitor"}
    assert {route for path, route in visitors.items() if path not in walk.shared} == EXPORTS
    assert {path for path in visitors if (path in walk.shared) != (f"/en{path}" in walk.shared)} == set()
    files = {f"{language}{routes[route]}" for route in FILES for language in ("", "/en")}
    assert _kept(page_cache) == walk.shared - files
    assert [(kind, walk.named[kind]) for kind, least in NAMED.items() if walk.named[kind] < least] == []


def _cookies(answer: Answer) -> set[str]:
    return set(re.findall(r"(?:^|, )(\w+)=", answer.headers.get("set-cookie", "")))


def _kept(cache: PageCache) -> set[str]:
    return {f"{page[2]}?{query}".removesuffix("?") for page, query in cache.store._entries}


def test_links_between_visitors_pages_ask_only_what_the_pages_read(addresses: list[str]) -> None:
    """A parameter that no view names would keep its page out of every cache."""
    wrong, asked = [], 0
    for address in [address for address in addresses if address != "/?x=1"]:
        answer = Client().get(address)
        body = body_of(answer)
        if "html" not in answer["Content-Type"]:
            continue
        for path, query in re.findall(r'href="(/[^"?#]*)\?([^"#]+)', html.unescape(body.decode())):
            guard = guard_of(resolve(path.removeprefix("/en")).func)
            if guard is not None and guard.kind == "visitor":
                asked += 1
                names = set(parse_qs(query, keep_blank_values=True))
                wrong += [(address, path, query)] if names - guard.reads else []
    assert wrong == []
    assert asked > 20


@time_machine.travel(clock.now(), tick=False)
def test_visitors_get_the_same_bytes_with_a_strong_etag(addresses: list[str]) -> None:
    for address in addresses:
        first = Client().get(address)
        if address == "/?x=1":
            assert first["Cache-Control"] == "private, no-store"
            continue
        if first.streaming:  # files have their own tests
            assert body_of(first) == body_of(Client().get(address)), address
            continue
        second = Client(headers={"User-Agent": "lain", "Accept-Language": "en-GB"}).get(address)
        assert first.content == second.content, address
        assert first["ETag"].startswith('"'), address
        assert first["Cache-Control"].startswith("public, max-age=0, must-revalidate, s-maxage="), address
        assert "Cookie" not in first.get("Vary", ""), address
        assert "Accept-Language" not in first.get("Vary", ""), address
        assert Client(headers={"If-None-Match": first["ETag"]}).get(address).status_code == 304, address


def test_own_submission_leaves_the_visitors_page_unchanged() -> None:
    """What a member sees of her own, begun or sent, stands on no visitor's page, not even as a number before closing."""
    made = consultation_scenes.opened(
        scenes.regency(), totals_shown="after_closing", submissions_shown="after_closing"
    )
    consultation_scenes.with_text(made)
    pages = [f"/uji-publik/{made.code}/{path}" for path in ("", "butir/1/", "masukan/")]
    before = [Client().get(page).content for page in pages]
    member = people.citizen(NAME)
    consultation_scenes.sent(made, member)
    signed_in = Client()
    signed_in.force_login(member)
    assert f"{made.code}-00001" in signed_in.get(pages[0]).content.decode()
    assert [Client().get(page).content for page in pages] == before


def test_following_leaves_the_visitors_page_unchanged() -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    before = Client().get(f"/usulan/{proposal.code}/").content
    assert proposal.subject is not None
    Follow.objects.create(subject=proposal.subject, person=people.citizen(NAME), created_at=people.LONG_AGO)
    assert Client().get(f"/usulan/{proposal.code}/").content == before
