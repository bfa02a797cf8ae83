"""What a page costs over the wire, reckoned from its bytes: every page can be weighed so, not only those a browser opens.

Rather too much than too little: HTML counts as gzip, which is more than the brotli that browsers get from the page cache, and
all pictures of the stylesheet count. What Chromium itself counts for some pages: ``tests/browser/test_page_weight.py``.
"""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import brotli
from django.contrib.staticfiles import finders
from django.test import Client

HEADERS = 700
"""Bytes of the headers of an answer, with those that the security of a page asks for."""
_TAG = re.compile(r"<(?:script|link|img)\b[^>]*>")
_ADDRESS = re.compile(r"\b(?:src|href)=\"([^\"]+)\"")
_FETCHED = re.compile(
    r"<script|<img(?!.*loading=\"lazy\")|<link.*rel=\"(?:stylesheet|preload|modulepreload|manifest)\""
)
_STYLESHEET = re.compile(r"<link.*rel=\"stylesheet\"")
_UNHURRIED = re.compile(r"\s(?:defer|async)\b|type=\"module\"")
_IN_STYLES = re.compile(r"url\([\"']?([^\"')]+)")


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of a view with an empty browser, and of a later one."""

    first: int
    second: int


def weigh(answer: Any, body: bytes) -> Weight:
    """The weight of a page: its HTML, and the files it asks for before anybody scrolls or presses anything.

    Files are kept for good. The page itself is asked for again, which costs its headers alone where it has a tag.
    """
    page = HEADERS + packed(body)
    files = sum(map(_file, _fetched(body.decode())))
    is_kept = "no-store" not in answer["Cache-Control"] and answer.has_header("ETag")
    return Weight(page + files, HEADERS if is_kept else page)


def hindrances(html: str) -> list[str]:
    """What keeps a page from being shown or moves it afterwards: a second stylesheet, scripts that are waited for, pictures
    without their size, and every picture but one that is fetched at once (the logo, or what the page is about).
    """
    tags = _TAG.findall(html)
    scripts = [tag for tag in tags if tag.startswith("<script") and "src=" in tag]
    pictures = [tag for tag in tags if tag.startswith("<img")]
    return [
        *[tag for tag in tags if _STYLESHEET.match(tag)][1:],
        *[tag for tag in scripts if not _UNHURRIED.search(tag)],
        *[tag for tag in pictures if not (" width=" in tag and " height=" in tag)],
        *[tag for tag in pictures if ' loading="lazy"' not in tag][1:],
    ]


def packed(text: bytes) -> int:
    """How many bytes it is as it travels (``web.middleware``)."""
    return len(gzip.compress(text, compresslevel=5, mtime=0))


def _fetched(html: str) -> set[str]:
    tags = (tag for tag in _TAG.findall(html) if _FETCHED.match(tag))
    return {found[1] for tag in tags if (found := _ADDRESS.search(tag)) and not found[1].startswith("data:")}


@cache
def _file(address: str) -> int:
    found = finders.find(address.removeprefix("/static/")) if address.startswith("/static/") else None
    if found is None:
        answer: Any = Client().get(address)
        assert answer.status_code == 200, address
        return HEADERS + packed(answer.content)
    path = Path(str(found))
    own = HEADERS + len(brotli.compress(path.read_bytes()))
    if path.suffix != ".css":
        return own
    return own + sum(
        _file(f"/static/{inner}") for inner in _IN_STYLES.findall(path.read_text(encoding="utf-8"))
    )
