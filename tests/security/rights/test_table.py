"""docs/rights.md, what its permissions mean for the seeded roles, and the answers of the running site are the same."""

import logging
from collections.abc import Iterator
from itertools import batched

import pytest
from django.test import Client

from rembuk.access.seeds import SEEDS
from rembuk.web.guards import guard_of
from rembuk.web.proposals.writing.drafts import KEY_FIELD
from tests.architecture.test_routes import ROUTES
from tests.security import samples, world
from tests.security.rights import asking, document
from tests.security.rights.actors import LETTERS, PLACES, Stage, stage
from tools import rights_table as table

pytestmark = pytest.mark.django_db
ROWS, AREAS = table.load()
# Units as the tree keeps them: the thing lies in 1.2.3. Computed here, not with the code that the table uses.
PATHS = {"I": "1.", "P": "1.2.", "O": "1.2.3.", "C": "1.2.3.4.", "X": "1.5."}
THING, ABOVE = PATHS["O"], PATHS["P"]
# Whom the guard refuses it refuses everywhere, since it asks for a permission held anywhere: two places will do.
ASKED_IN_VAIN = {"I", "O"}
ROLE_OF = {letter: role for role, letter in LETTERS.items()}
# Forms that refuse the sample of this test before the right to the act is asked: these rights are tested beside the acts.
FORM_FIRST = {"kelola/satuan-kerja/<str:code>/pindah/"} | {
    f"kelola/usulan/^(?P<code>USL-\\d{{4}}-\\d{{6,9}})/{name}/$" for name in ("tanggapan", "telaah")
}
PART = 12
"""So many addresses for one test, so that two processes share the work evenly."""


@pytest.fixture(autouse=True)
def _without_log() -> Iterator[None]:
    """Some thousand requests; nobody reads what they would write."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _is_form_first(row: table.Row, letter: str, place: str, status: int) -> bool:
    """Whether only the act refuses, and the sample form of a listed address was not good enough to get there."""
    if row.route not in FORM_FIRST or row.methods != ("POST",) or status not in {200, 409, 422}:
        return False
    held = set(SEEDS[ROLE_OF[letter]].permissions)
    return all(held & set(one.permissions) and _holds(one.scope, PATHS[place]) for one in row.clauses[:2])


def _passes_guard(row: table.Row, letter: str) -> bool:
    return bool(set(SEEDS[ROLE_OF[letter]].permissions) & set(row.clauses[0].permissions))


def _holds(scope: str, path: str) -> bool:
    """Whether a grant in the unit with this path satisfies a scope."""
    return {
        "": True,
        "unit": THING.startswith(path),
        "above": ABOVE.startswith(path),
        "whole": path == PATHS["I"],
        "exact": path == THING,
        "nowhere": False,
    }[scope]


def expected(row: table.Row, role: str) -> str:
    """The places from which a seeded role satisfies every clause of a row."""
    held = set(SEEDS[role].permissions)
    return "".join(
        place
        for place, path in PATHS.items()
        if all(held & set(clause.permissions) and _holds(clause.scope, path) for clause in row.clauses)
    )


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    asked = [(row.route, method) for row in ROWS for method in row.methods]
    assert sorted({route for route, _method in asked} ^ set(ROUTES)) == []
    assert len(asked) == len(set(asked))


def test_guards_of_the_rows_are_those_of_the_code() -> None:
    wrong = []
    for row in ROWS:
        guard = guard_of(ROUTES[row.route].callback)
        if row.is_staff:
            stated = set(row.clauses[0].permissions)
            held = {permission.key for permission in guard.permissions} if guard else set()
            wrong += [] if stated == held else [(row.route, stated, held)]
        elif guard is not None:
            fits = {"person": set(table.PUBLIC) - {"anyone", "not by staff"}, "staff": set()}.get(
                guard.kind, set(table.PUBLIC)
            )
            wrong += [] if row.public in fits else [(row.route, row.public, guard.kind)]
    assert wrong == []


def test_document_says_what_the_permissions_mean_and_gives_a_reason_for_each_exception() -> None:
    found, wrong = document.cells(), []
    for row in (row for row in ROWS if row.is_staff):
        for method in row.methods:
            cells = found[table.address(row.route), method]
            for role, letter in LETTERS.items():
                told = document.letters(cells[letter])
                if letter in row.changes:
                    assert row.why, f"{row.route} makes an exception without a reason"
                    assert told == row.changes[letter]
                elif told != expected(row, role):
                    wrong.append((method, row.route, letter, told, expected(row, role)))
    assert wrong == []
    assert all(row.why for row in ROWS if row.changes or row.public == "nobody")


def test_document_is_up_to_date() -> None:
    assert table.page() == table.PAGE.read_text(encoding="utf-8")


def _told(row: table.Row, method: str) -> dict[tuple[str, str], bool]:
    cells = document.cells()[table.address(row.route), method]
    return {
        (letter, place): place in document.letters(cells[letter])
        for letter in LETTERS.values()
        for place in PLACES
    }


def _routes(area: str) -> dict[str, dict[str, table.Row]]:
    found: dict[str, dict[str, table.Row]] = {}
    for row in ROWS:
        if row.area == area:
            found.setdefault(row.route, {}).update(dict.fromkeys(row.methods, row))
    return found


def _differences(routes: list[str], site: Stage) -> list[str]:
    """Every cell in which the site answers otherwise."""
    paths = world.addresses(site.made)
    area = next(row.area for row in ROWS if row.route == routes[0])
    forms = _forms(site, area)
    wrong = []
    for route, rows in _routes(area).items():
        if route not in routes:
            continue
        for method in ("GET", "POST"):
            row = rows.get(method, rows.get("GET", next(iter(rows.values()))))
            told = _told(row, next(name for name, one in rows.items() if one is row))
            answers = {
                who: asking.ask(client, method, paths[route], forms.get(paths[route]))
                for who, client in site.clients.items()
                if who[1] in ASKED_IN_VAIN or _passes_guard(row, who[0])
            }
            wrong += [f"{method} {route}: {fault}" for fault in _faults(row, told, answers, method in rows)]
    return wrong


def _faults(
    row: table.Row,
    told: dict[tuple[str, str], bool],
    answers: dict[tuple[str, str], asking.Outcome],
    is_offered: bool,
) -> list[str]:
    found: dict[str, dict[str, str]] = {}
    faults = []
    for (letter, place), answer in answers.items():
        if not answer.is_offered and not is_offered:
            continue
        if answer.status >= 500:
            faults.append(f"{letter} {place} broken: {answer.status}")
        if _is_form_first(row, letter, place, answer.status):
            continue
        if answer.is_in != told[letter, place] or (is_offered and not answer.is_offered):
            found.setdefault(letter, {})[place] = f"{answer.status}"
        if not _passes_guard(row, letter) and answer.status != 403:
            faults.append(f"{letter} {place} is to be refused by the guard with 403: {answer.status}")
    return [
        *faults,
        *(
            f"{letter} {''.join(p for p in PLACES if told[letter, p]) or '–'} but {by}"
            for letter, by in found.items()
        ),
    ]


STAFF_AREAS = [area for area in AREAS if next(row for row in ROWS if row.area == area).is_staff]
PARTS = [
    pytest.param(part, id=f"{area} {number}")
    for area in STAFF_AREAS
    for number, part in enumerate(batched(_routes(area), PART), 1)
]


@pytest.mark.parametrize("part", PARTS)
def test_site_lets_in_whom_the_document_lets_in(part: tuple[str, ...]) -> None:
    assert _differences(list(part), stage()) == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_desk_refuses_members_and_leads_visitors_to_sign_in(method: str) -> None:
    site = stage()
    for route, path in world.addresses(site.made).items():
        if next(row for row in ROWS if row.route == route).is_staff:
            assert asking.ask(site.member, method, path).status == 403, route
            answer = Client().get(path) if method == "GET" else Client().post(path)
            assert answer.status_code == 302, route
            assert answer["Location"].startswith("/akun/masuk/?next="), route


@pytest.mark.parametrize("area", [area for area in AREAS if area not in STAFF_AREAS])
def test_public_site_lets_in_whom_the_document_lets_in(area: str) -> None:
    site, found, wrong = stage(), document.cells(), []
    paths = world.addresses(site.made)
    for route, rows in _routes(area).items():
        owner = asking.owner_of(route, site)
        clients = {
            "visitor": Client(),
            "member": site.member,
            "owner": owner,
            "staff": site.clients["A", "I"],
        }
        forms = asking.forms_at(owner, [paths[route]])
        for method in rows:
            told = {who: cell == "yes" for who, cell in found[table.address(route), method].items()}
            sent = forms.get(paths[route], {})
            # The key in the form of a draft lets whoever holds it in, as it lets a visitor without a session: not sent by others.
            others = {name: value for name, value in sent.items() if name != KEY_FIELD}
            answers = {
                who: asking.ask(client, method, paths[route], sent if who == "owner" else others)
                for who, client in clients.items()
            }
            off = {who: answers[who].status for who in clients if answers[who].is_in != told[who]}
            wrong += [f"{method} {route}: {told} but {off}"] if off else []
    assert wrong == []


def test_every_entry_of_the_menu_opens_for_those_who_see_it() -> None:
    site = stage()
    for (letter, _place), client in site.clients.items():
        if letter != LETTERS["member"]:
            menu = client.get("/kelola/").context["desk_menu"]
            assert menu, letter
            assert [entry["url"] for entry in menu if client.get(entry["url"]).status_code != 200] == []


def _forms(site: Stage, area: str) -> asking.Forms:
    paths = world.addresses(site.made)
    if area not in site.forms:
        found = asking.forms_at(site.clients["A", "I"], [paths[route] for route in _routes(area)])
        better = {
            paths[route]: samples.better(site.made, route, found.get(paths[route], {}))
            for route in _routes(area)
        }
        site.forms[area] = found | better
    return site.forms[area]
