"""Asking the site: every address by everybody, by GET and with the form that the page itself offers, and what came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client

from tests.security import world
from tests.security.forms_of import forms_of
from tests.security.requesting import taken_back, unrendered
from tests.security.rights.actors import Stage

type Forms = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer: whether somebody got in, and the status."""

    status: int
    is_in: bool
    is_offered: bool


def ask(client: Client, method: str, path: str, data: dict[str, Any] | None = None) -> Outcome:
    """Ask once, without the text of the page; whatever a form changed is taken back."""
    with unrendered():
        if method == "GET":
            answer = client.get(path)
        else:
            with taken_back(client):
                answer = client.post(path, data or {})
        world.body_of(answer)
    status = answer.status_code
    is_sent_away = status in {302, 303} and answer.headers["Location"].startswith("/akun/masuk/")
    return Outcome(status, status not in {403, 404} and not is_sent_away, status != 405)


def forms_at(client: Client, paths: Iterator[str] | list[str]) -> Forms:
    """Data of every form on these pages, by where it is sent."""
    found: Forms = {}
    for path in paths:
        answer = client.get(path)
        body = world.body_of(answer)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            for action, data in forms_of(body.decode()):
                found.setdefault(urlsplit(urljoin(path, action)).path if action else path, data)
    return found


def owner_of(route: str, stage: Stage) -> Client:
    """The browser of the person whose thing an address of the public site names."""
    return stage.owners[next((start for start in stage.owners if start and route.startswith(start)), "")]
