"""No page weighs more than its budget: all that a walk through the filled site opens, full lists and busy subjects among them.

A page that is added is weighed by itself. Chromium counts some of them in ``tests/browser/test_page_weight.py``.
"""

import random
import string

import pytest
from django.http import HttpResponse
from django.urls import resolve

from rembuk.web.guards import guard_of
from tests.architecture.test_replay import FILES
from tests.architecture.test_routes import ROUTES
from tests.browser.weight import FIRST_VIEW, SECOND_VIEW
from tests.scale.heard import Heard
from tests.scale.weights import HEADERS, Weight, hindrances, packed, weigh

pytestmark = pytest.mark.xdist_group("plans")
READERS = ["visitor", "member", "moderator", "administrator"]


def _too_heavy(weights: dict[str, Weight]) -> dict[str, Weight]:
    return {
        page: weight
        for page, weight in weights.items()
        if weight.first > FIRST_VIEW or weight.second > SECOND_VIEW
    }


@pytest.mark.parametrize("who", READERS)
def test_no_page_weighs_more_than_its_budget(heard: Heard, who: str) -> None:
    assert _too_heavy(heard.weights[who]) == {}


def test_nothing_but_one_stylesheet_is_waited_for_and_pictures_have_their_room(heard: Heard) -> None:
    assert heard.hindrances == {}


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ('<link rel="stylesheet" href="/static/rembuk.css"><script src="/static/js/once.js" type="module"></script>', 0),
        ('<link rel="stylesheet" href="/a.css"><link rel="stylesheet" href="/b.css">', 1),
        ('<script src="/static/js/once.js"></script><script src="/b.js" data-deferred></script>', 2),
        ('<img src="/a.webp" width="3" height="2"><img src="/b.webp" width="3" height="2" loading="lazy">', 0),
        ('<img src="/a.webp" width="3" height="2"><img src="/b.webp" width="3" height="2">', 1),
        ('<img src="/a.webp" loading="lazy">', 1),
    ],
)  # fmt: skip
def test_what_hinders_a_page_is_told(html: str, count: int) -> None:
    assert len(hindrances(html)) == count


def test_every_page_of_visitors_is_weighed(heard: Heard) -> None:
    weighed = {resolve(page.partition("?")[0]).route for page in heard.weights["visitor"]}
    visitors = {
        route for route, one in ROUTES.items() if getattr(guard_of(one.callback), "kind", "") == "visitor"
    }
    assert {route for route in visitors - weighed if route.endswith("/") or not route} == FILES


def _page(html: str, cache: str = "private, no-store", **headers: str) -> Weight:
    answer = HttpResponse(html, headers={"Cache-Control": cache, **headers})
    return weigh(answer, answer.content)


def test_page_weighs_its_html_packed_and_is_fetched_anew_without_a_tag() -> None:
    noise = "".join(random.Random(1).choices(string.ascii_letters, k=80_000))
    page = HEADERS + packed(noise.encode())
    assert 60_000 > page > SECOND_VIEW
    assert _page(noise) == Weight(page, page)
    assert _page(noise, "public, max-age=0", ETag='"x"') == Weight(page, HEADERS)
    assert _page(noise, "private, no-store", ETag='"x"') == Weight(page, page)
    assert _too_heavy({"/a/": _page(noise), "/b/": _page(noise, "public, max-age=0", ETag='"x"')}).keys() == {
        "/a/"
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tag", "least"),
    [
        ('<link rel="stylesheet" href="/static/rembuk.css">', 10_000),
        ('<script src="/static/django_htmx/htmx-2.min.js" defer></script>', 14_000),
        ('<script type="module" src="/static/js/once.js"></script>', 1_000),
        ('<img src="/static/img/kawung.svg" alt="">', 900),
    ],
)
def test_page_weighs_the_files_that_it_asks_for(tag: str, least: int) -> None:
    weight = _page(tag)
    assert weight.first - weight.second > least
    assert _page(tag * 2).first - weight.first < 50


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="/static/img/kawung.svg" alt="" loading="lazy">',
        '<img src="data:image/png;base64,AAAA" alt="">',
        '<a href="/static/rembuk.css">Tautan</a>',
        '<link rel="canonical" href="/usulan/">',
        '<script>"/static/js/once.js"</script>',
    ],
)
def test_page_weighs_nothing_that_is_fetched_later_or_never(tag: str) -> None:
    assert _page(tag).first == HEADERS + packed(tag.encode())
