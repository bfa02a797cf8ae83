"""Visitors' pages are one copy for all: opened signed in first, then as a visitor, no byte of the person appears."""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
import time_machine
from django.test import Client
from django.urls import resolve, reverse

from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.consultations.models import Consultation
from rembuk.engagement.models import Follow
from rembuk.programs.models import Program
from rembuk.web.guards import guard_of
from rembuk.web.pagecache.cache import PageCache
from tests import consultation_scenes, people, program_scenes, report_scenes, scenes
from tests.architecture.test_routes import ROUTES
from tests.security.world import body_of
from tests.web.pagecache.asking import ask
from tests.web.pagecache.site import django_behind_a_cache

pytestmark = pytest.mark.django_db
NAME = "Xaverius Penanda Unik"
ADDRESS = "penanda.unik@contoh.id"


@pytest.fixture
def page_cache() -> Iterator[PageCache]:
    with django_behind_a_cache() as cache:
        yield cache


@pytest.fixture
def addresses() -> list[str]:
    """Every visitors' page of a small site, with a person of an unmistakable name behind its content."""
    place = scenes.regency()
    author = people.citizen("Sari Wulandari")
    proposal = scenes.published(place, author, title="Lampu jalan di Dusun Krajan")
    program = program_scenes.published(place, scenes.published(place, author, title="Jembatan gantung"))
    codes = {"code": program.code, "number": 2}
    asked = _consultation(place, author, program)
    known = {
        "consultations": {"code": asked.code, "number": 1, "old": 1, "new": 2},
        # The number of a question with free answers.
        "consultations:answers": {"code": asked.code, "number": 5},
        "proposals": {"code": proposal.code},
        "programs": codes,
        "workunits": {"code": place.works.code},
        "taxonomy": {"slug": place.category.slug},
        **_reports(place, program),
    }
    found = []
    for name, kwargs in _visitor_routes():
        area = name.split(":")[0]
        given = {key: known.get(name, known.get(area, {})).get(key) for key in kwargs}
        if None not in given.values():
            found.append(reverse(name, kwargs=given))
    assert len(found) >= 15
    own = f"/uji-publik/{asked.code}"
    found += [
        f"/diskusi/uji-publik/{asked.code}/",
        f"/diskusi/butir/{asked.code}-B1/",
        f"{own}/?bagian=semua",
    ]
    assert f"{own}/versi/1/2/" in found
    return [*found, "/?x=1", "/usulan/?q=lampu", "/cari/?q=jembatan", "/uji-publik/?tahap=answering"]


def _reports(place: scenes.Regency, program: Program) -> dict[str, dict[str, object]]:
    """A published evaluation and a published accountability report, as addresses name them."""
    head = report_scenes.head(place)
    evaluation = report_scenes.evaluated(program, head)
    known = {"code": program.code, "number": evaluation.number}
    return {
        "programs:evaluation": known,
        "programs:evaluation_workbook": known,
        "reports": {"code": report_scenes.accounted(place.works, head).code},
    }


def _consultation(place: scenes.Regency, author: Person, program: Program) -> Consultation:
    """One being answered, with two versions of its text, remarks and answers, tied to the programme."""
    made = consultation_scenes.answering(place)
    said = consultation_scenes.full_content(made.versions.get(number=1), answers={})
    consultation_scenes.sent(made, author, said)
    consultation_scenes.second_version(made)
    consultation_scenes.tie(made, program)
    return made


def _visitor_routes() -> list[tuple[str, list[str]]]:
    named = []
    for pattern in ROUTES.values():
        guard = getattr(pattern.callback, "guard", None)
        if guard is None or guard.kind != "visitor" or pattern.name is None:
            continue
        area = pattern.callback.__module__.split(".")[2]
        name = pattern.name if area in {"home"} else f"{area}:{pattern.name}"
        named.append((name, list(pattern.pattern.converters)))
    return named


def test_no_byte_of_a_person_reaches_a_visitor(addresses: list[str]) -> None:
    member = people.citizen(NAME, email=ADDRESS)
    signed_in = Client()
    signed_in.force_login(member)
    for address in addresses:
        own = signed_in.get(address)
        body_of(own)
        assert own.status_code == 200, address
        assert "no-store" in own["Cache-Control"], address
        visitor = Client().get(address)
        body = body_of(visitor).decode(errors="replace")
        assert visitor.status_code == 200, address
        assert NAME not in body, address
        assert ADDRESS not in body, address
        assert "csrfmiddlewaretoken" not in body, address
        assert not visitor.cookies, address


def test_no_byte_of_a_person_comes_through_the_page_cache(
    addresses: list[str], page_cache: PageCache
) -> None:
    """Signed in first, then as a visitor, then from memory: nothing of the person is kept (ARCHITECTURE section 6)."""
    signed_in = Client()
    signed_in.force_login(people.citizen(NAME, email=ADDRESS))
    cookie = f"rembuk_session={signed_in.cookies['rembuk_session'].value}"
    for address in addresses:
        own = ask(page_cache, address, cookie=cookie)
        assert own.status == 200, address
        assert "no-store" in own.headers["cache-control"], address
        made, kept = ask(page_cache, address), ask(page_cache, address)
        assert (made.status, kept.status) == (200, 200), address
        for text in (NAME, ADDRESS, "csrfmiddlewaretoken"):
            assert text.encode() not in kept.body, address
        assert "set-cookie" not in kept.headers, address
        assert (
            ask(page_cache, address, cookie=cookie).headers["cache-control"] == own.headers["cache-control"]
        )
    assert len(page_cache.store) > len(addresses) // 2


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
