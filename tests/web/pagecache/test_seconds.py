"""An act of staff is visible to visitors within two seconds, in a process that did not do it and without its help."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from rembuk.proposals.actions import hide
from rembuk.runtime import env
from rembuk.web.pagecache import cache as page_caches
from rembuk.web.pagecache import freshness
from rembuk.web.pagecache.cache import PageCache
from tests import database, handling_scenes, people, scenes
from tests.environment import SERVER
from tests.web.pagecache.asking import Seconds, ask
from tests.web.pagecache.test_cache import BODY, Site

WITHIN = 2.0
PAGE = "/usulan/"
CHANGE = [("settings", "site")]
# A web process as a server begins one: it answers each line, an address, with what a visitor gets there.
SCRIPT = """
import json, sys
from rembuk.config.wsgi import application
from tests.web.pagecache.asking import ask
for line in sys.stdin:
    answer = ask(application, line.strip())
    print(json.dumps([answer.status, answer.headers, answer.body.decode()]), flush=True)
"""


def test_pause_between_looks_and_grace_of_an_old_page_are_within_two_seconds() -> None:
    assert 0 < freshness.PAUSE + page_caches.GRACE_SECONDS < WITHIN


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def cache(site: Site, seconds: Seconds) -> PageCache:
    return PageCache(site, limit=1_000_000, personal_cookies=("s",), watches=False, seconds=seconds)


def _while_it_is_made(site: Site, cache: PageCache, visit: Callable[[], object]) -> None:
    """Visit while another visitor's request makes the page anew, which ends when the visit begins to wait or is over."""
    begun, go_on = threading.Event(), threading.Event()
    site.before = lambda: (begun.set(), go_on.wait(5))
    maker = threading.Thread(target=ask, args=(cache, PAGE))
    maker.start()
    assert begun.wait(5)
    release = threading.Timer(0.3, go_on.set)
    release.start()
    visit()
    release.join()
    maker.join(5)


@pytest.mark.parametrize(("after", "is_old"), [(0.0, True), (-0.1, True), (0.1, False)])
def test_outdated_page_is_shown_for_the_grace_at_most_while_a_new_one_is_made(
    site: Site, cache: PageCache, seconds: Seconds, after: float, is_old: bool
) -> None:
    ask(cache, PAGE)
    cache.store.outdate(CHANGE, seconds.now)
    seconds.now += page_caches.GRACE_SECONDS + after if after else 0
    site.body = BODY + "baru"
    seen = []
    _while_it_is_made(site, cache, lambda: seen.append(ask(cache, PAGE).body == BODY.encode()))
    assert seen == [is_old]


def test_page_begun_before_an_act_was_noticed_is_old_since_the_notice_not_since_its_end(
    site: Site, cache: PageCache, seconds: Seconds
) -> None:
    """A page that takes three seconds would be shown for almost four otherwise."""

    def notice_and_take_long() -> None:
        cache.store.outdate(CHANGE, seconds.now)
        seconds.now += 3

    site.before = notice_and_take_long
    ask(cache, PAGE)
    site.body = BODY + "baru"
    seen = []
    _while_it_is_made(site, cache, lambda: seen.append(ask(cache, PAGE).body))
    assert seen == [(BODY + "baru").encode()]


@pytest.fixture
def visitor() -> Iterator[Callable[[str], tuple[int, dict[str, str], str]]]:
    """Asks a web process of its own, on the database of this test."""
    name = str(connections["default"].settings_dict["NAME"])
    variables = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(env.ROOT), str(env.ROOT / "src")]),
        "DATABASE_URL": database.address_of(SERVER.app_url, name),
        "REMBUK_OWNER_URL": database.address_of(SERVER.owner_url, name),
        "REMBUK_UPLOADS_DIR": str(settings.MEDIA_ROOT),
        "REMBUK_HOSTS": "testserver",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        env=variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    asked, told = process.stdin, process.stdout

    def visit(path: str) -> Any:
        print(path, file=asked, flush=True)
        return json.loads(told.readline())

    with process:
        try:
            yield visit
        finally:
            process.kill()


@pytest.mark.django_db(transaction=True)
def test_act_of_a_moderator_reaches_the_kept_page_of_another_process_by_itself(
    visitor: Callable[[str], tuple[int, dict[str, str], str]],
) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, title="Lampu jalan di Dusun Krajan")
    moderator, reason = people.staff("moderator", place.root), handling_scenes.reason("iklan")
    patience = 15.0
    for _made_and_kept in range(2):
        status, headers, body = visitor(PAGE)
        assert (status, "Lampu jalan" in body) == (200, True)
    # It would stay for longer than this test waits.
    (lifetime,) = re.findall(r"s-maxage=(\d+)", headers["cache-control"])
    assert ("age" in headers, int(lifetime) > patience) == (True, True)
    hide.hide_proposal(proposal, reason=reason, message="Isinya iklan semata.", by=moderator)
    end = time.monotonic() + patience
    while "Lampu jalan" in body and time.monotonic() < end:
        time.sleep(0.1)
        body = visitor(PAGE)[2]
    assert "Lampu jalan" not in body
