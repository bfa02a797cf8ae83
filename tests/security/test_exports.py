"""Formulas in cells of every file that leaves the house, and what excluded documents leave in none of them."""

import csv
import io

import pytest
from django.db import transaction
from django.test import Client

from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM
from rembuk.common.text import safe_cell
from tests import people, scenes
from tests.security import world

pytestmark = pytest.mark.django_db
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")')


@pytest.mark.parametrize("formula", FORMULAS)
def test_formula_becomes_a_text(formula: str) -> None:
    assert safe_cell(formula) == f"'{formula}"


def test_export_of_the_trail_holds_no_formula() -> None:
    place = scenes.regency()
    for formula in FORMULAS:
        with transaction.atomic():
            audit.record("page.published", by=SYSTEM, target=audit.Target("page", formula), reason=formula)
    client = Client()
    client.force_login(people.staff("auditor", place.root))
    body = world.body_of(client.post("/kelola/jejak-audit/ekspor/", {"bentuk": "csv"})).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert len(rows) > len(FORMULAS)
    assert [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}] == []


def test_excluded_document_is_reached_by_staff_alone_and_named_nowhere_else() -> None:
    made = world.furnish()
    kept, staff = made.excluded_document, Client()
    staff.force_login(made.admin)
    assert kept.public_id != made.open_document.public_id
    for client in (Client(), _member()):
        for path in world.addresses(made).values():
            if not path.startswith("/kelola/"):
                body = world.body_of(client.get(path)).decode(errors="replace")
                assert kept.title not in body, path
                assert str(kept.public_id) not in body, path
        assert client.get(f"/program/{made.program.code}/dokumen/{kept.public_id}/").status_code == 404
    assert kept.title in staff.get(f"/kelola/program/{made.program.code}/").content.decode()


def test_file_under_the_wrong_thing_is_not_found() -> None:
    made = world.furnish()
    code, program = made.published.code, made.program.code
    for path in (
        f"/usulan/{code}/lampiran/{made.draft_file.public_id}/",
        f"/usulan/{made.hidden.code}/lampiran/{made.attachment.public_id}/",
        f"/program/{program}/gambar/{made.attachment.public_id}/",
        f"/program/{program}/dokumen/{made.attachment.public_id}/",
        f"/merek/logo/{made.attachment.public_id}",
        f"/usulan/draf/{made.draft.public_id}/lampiran/{made.draft_file.public_id}/",
    ):
        assert Client().get(path).status_code == 404, path


def _member() -> Client:
    client = Client()
    client.force_login(people.citizen())
    return client
