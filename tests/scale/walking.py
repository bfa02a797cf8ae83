"""Going to the pages of a site as people do: each page, then what its filters, orders and further pages lead to."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.test import Client

from tests.scale.plans import Listener
from tests.scale.weights import Weight, hindrances, weigh
from tests.security.world import body_of

_WORDS = {"date": "2026-11-24", "number": "2026", "email": "warga@contoh.id"}
# So many values of each filter are tried, and every order.
MOST_VALUES, ORDER = 2, "urut"


class _Reader(HTMLParser):
    """Collects the queries that a page leads to: of its links to itself and of its forms that are sent by GET."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self._path, self._form, self._select = path, "", ""
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            to = urlsplit(given.get("href", ""))
            if to.query and not to.netloc and to.path in ("", self._path):
                self.found.append((self._path, dict(parse_qsl(to.query))))
        elif tag == "form" and given.get("method", "get").lower() == "get":
            self._form = urlsplit(given.get("action", "")).path or self._path
        elif self._form:
            self._take(tag, given)

    def _take(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._keep(self._select, given.get("value", ""))
        elif tag == "input" and name:
            fixed = kind in {"checkbox", "radio", "hidden"}
            self._keep(name, given.get("value", "") if fixed else _WORDS.get(kind, "jalan"))

    def _keep(self, name: str, value: str) -> None:
        if value:
            self.found.append((self._form, {name: value}))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = ""
        elif tag == "select":
            self._select = ""


class Walk:
    """A person's way through the site; of each page: ``answers``, ``weights``, ``hindrances``."""

    def __init__(self, client: Client, listener: Listener) -> None:
        self._client, self._listener = client, listener
        self.answers: dict[str, int] = {}
        self.weights: dict[str, Weight] = {}
        self.hindrances: dict[str, list[str]] = {}
        self._values: dict[tuple[str, tuple[str, ...]], int] = {}

    def visit(self, path: str, *, is_alone: bool = False) -> None:
        """Go to a page and, if not to it alone, to all that its filters, orders and further pages lead to, two steps far."""
        steps = list(self._go(path))
        if is_alone:
            return
        for further in [onward for step in steps for onward in self._try(*step)]:
            list(self._try(*further))

    def _try(self, path: str, query: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
        key = (path, tuple(query.get(name, "") if name == ORDER else name for name in sorted(query)))
        self._values[key] = self._values.get(key, 0) + 1
        if self._values[key] <= MOST_VALUES:
            yield from self._go(f"{path}?{urlencode(query)}")

    def _go(self, address: str) -> Iterator[tuple[str, dict[str, str]]]:
        if address in self.answers:
            return
        self._listener.page = address
        answer: Any = self._client.get(address)
        body = body_of(answer)
        self.answers[address] = answer.status_code
        if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
            self.weights[address] = weigh(answer, body)
            if hindered := hindrances(body.decode()):
                self.hindrances[address] = hindered
            reader = _Reader(urlsplit(address).path)
            reader.feed(body.decode())
            yield from reader.found
