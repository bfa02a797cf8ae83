"""A sheet of invitations: every fault named at its row, all or nobody, and the same sheet twice changes nothing."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid, WrongState
from rembuk.management.actions.people_sheet import invite_many
from rembuk.management.people.invitations import MOST_ROWS, read_rows, rehearse
from rembuk.proposals.imports.sheets import SheetRow
from tests import people, scenes
from tests.accounts import post

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, 3, tzinfo=UTC)


def row(number: int = 2, **cells: str) -> SheetRow:
    """A row that is right but for what is changed in it."""
    whole = {
        "nama": "Dewi Lestari",
        "email": f"dewi{number}@contoh.id",
        "peran": "moderator",
        "satuan_kerja": scenes_code(),
        "alasan": "SK 12/2026",
    }
    return SheetRow(number, whole | cells)


def scenes_code() -> str:
    """The code of the unit that the tests invite into."""
    return "WORKS"


@pytest.fixture
def place() -> scenes.Regency:
    """A regency whose works bear the code of the rows."""
    made = scenes.regency()
    made.works.code = scenes_code()
    made.works.save()
    return made


def problems(place: scenes.Regency, *rows: SheetRow, by: Person | None = None) -> list[list[str]]:
    """What is wrong with each row."""
    by = by or people.staff("administrator", place.root)
    return [line.problems for line in rehearse(rows, by=by, at=NOW)]


WRONG: list[tuple[dict[str, str], int]] = [
    ({}, 0),
    ({"peran": "MODERATOR", "satuan_kerja": "Dinas Pekerjaan Umum (WORKS)"}, 0),
    ({"peran": "Moderator"}, 0),
    ({"mulai": "2026-07-01", "sampai": "01/08/2026", "bahasa": "en"}, 0),
    ({"nama": ""}, 1),
    ({"nama": "x" * 121}, 1),
    ({"email": ""}, 1),
    ({"email": "bukan alamat"}, 1),
    ({"alasan": " "}, 1),
    ({"alasan": "x" * 301}, 1),
    ({"peran": "raja"}, 1),
    ({"peran": ""}, 1),
    ({"satuan_kerja": "TIDAK-ADA"}, 1),
    ({"bahasa": "jv"}, 1),
    ({"mulai": "besok"}, 1),
    ({"mulai": "2026-06-30"}, 1),
    ({"sampai": "2026-06-30"}, 1),
    ({"mulai": "2026-08-02", "sampai": "2026-08-01"}, 1),
    ({"nama": "", "email": "x", "peran": "raja", "satuan_kerja": "?", "alasan": ""}, 5),
]


@pytest.mark.parametrize(("cells", "count"), WRONG)
def test_each_fault_is_named_once(place: scenes.Regency, cells: dict[str, str], count: int) -> None:
    (found,) = problems(place, row(**cells))
    assert len(found) == count, found


def test_same_address_twice_is_named_at_the_second_row_with_the_number_of_the_first(
    place: scenes.Regency,
) -> None:
    first, second = problems(
        place, row(2, email="dewi@contoh.id"), row(3, email="DEWI@contoh.id", peran="assessor")
    )
    assert first == []
    assert len(second) == 1
    assert "2" in second[0]


def test_known_addresses_are_refused_whether_confirmed_as_the_own_or_as_another(
    place: scenes.Regency,
) -> None:
    known = people.citizen(email="lama@contoh.id")
    EmailAddress.objects.create(user=known, email="kedua@contoh.id", verified=True)
    found = problems(place, row(2, email="lama@contoh.id"), row(3, email="kedua@contoh.id"))
    assert [len(one) for one in found] == [1, 1]


def test_roles_that_make_an_administrator_and_rights_one_lacks_are_refused(place: scenes.Regency) -> None:
    place.root.code = "ROOT"
    place.root.save()
    place.health.code = "HEALTH"
    place.health.save()
    admin = row(2, peran="administrator", satuan_kerja="ROOT")
    assert [len(one) for one in problems(place, admin)] == [1]
    by = people.staff("unit-admin", place.works)
    rows = [
        row(2, peran="administrator"),
        row(3, satuan_kerja="HEALTH"),
        row(4, peran="unit-admin"),
        row(5, satuan_kerja="HEALTH", email=str(people.citizen().email)),
    ]
    found = problems(place, *rows, by=by)
    assert [bool(one) for one in found] == [True, True, False, True]
    assert len(found[0]) == len(found[1]) == 1


@pytest.mark.parametrize("field", ["is_active", "permissions"])
def test_roles_that_cannot_be_given_are_unknown_to_the_sheet(place: scenes.Regency, field: str) -> None:
    Role.objects.filter(slug="moderator").update(**{field: False if field == "is_active" else []})
    assert len(problems(place, row())[0]) == 1


def test_retired_units_are_unknown_to_the_sheet(place: scenes.Regency) -> None:
    by = people.staff("administrator", place.root)
    place.works.is_active = False
    place.works.save()
    assert len(problems(place, row(), by=by)[0]) == 1


def test_invite_many_makes_accounts_roles_letters_and_entries_joined_by_a_mark(place: scenes.Regency) -> None:
    by = people.staff("administrator", place.root)
    lines = invite_many([row(2, sampai="2026-08-01"), row(3, peran="assessor", bahasa="en")], by=by, at=NOW)
    assert [line.is_new for line in lines] == [True, True]
    first, second = (Person.objects.get(email=f"dewi{number}@contoh.id") for number in (2, 3))
    assert (first.language, second.language, first.has_usable_password()) == ("id", "en", False)
    grant = Grant.objects.get(person=first)
    assert (grant.role.slug, grant.unit, grant.reason) == ("moderator", place.works, "SK 12/2026")
    assert grant.ends_at is not None
    assert str(grant.ends_at.astimezone().date()) >= "2026-08-01"
    assert sorted(post.waiting()) == [("invitation", "dewi2@contoh.id"), ("invitation", "dewi3@contoh.id")]
    marks = AuditEntry.objects.filter(verb="person.invited").values_list("bulk", flat=True)
    assert len(marks) == 2
    assert len(set(marks)) == 1
    assert marks[0]


def test_same_sheet_sent_again_changes_nothing_and_says_who_is_there(place: scenes.Regency) -> None:
    by = people.staff("administrator", place.root)
    rows = [row(2, mulai="2026-07-01"), row(3)]
    invite_many(rows, by=by, at=NOW)
    before = (Person.objects.count(), Grant.objects.count(), AuditEntry.objects.count(), len(post.waiting()))
    lines = invite_many(rows, by=by, at=NOW.replace(month=8))
    assert [line.is_there for line in lines] == [True, True]
    assert before == (
        Person.objects.count(),
        Grant.objects.count(),
        AuditEntry.objects.count(),
        len(post.waiting()),
    )


def test_somebody_invited_before_with_another_role_is_no_newcomer(place: scenes.Regency) -> None:
    by = people.staff("administrator", place.root)
    invite_many([row(2)], by=by, at=NOW)
    (line,) = rehearse([row(2, peran="assessor")], by=by, at=NOW)
    assert (line.is_there, len(line.problems)) == (False, 1)


def test_one_bad_row_keeps_everybody_out(place: scenes.Regency) -> None:
    by = people.staff("administrator", place.root)
    with pytest.raises(WrongState):
        invite_many([row(2), row(3, peran="raja")], by=by, at=NOW)
    assert not Person.objects.filter(email__startswith="dewi").exists()
    assert post.waiting() == []


def test_rehearsal_asks_as_often_for_thirty_as_for_one(place: scenes.Regency) -> None:
    by = people.staff("administrator", place.root)
    rehearse([row(2)], by=by, at=NOW)
    counted = []
    for number in (1, 30):
        with CaptureQueriesContext(connection) as queries:
            rehearse([row(n) for n in range(number)], by=by, at=NOW)
        counted.append(len(queries))
    assert counted == [4, 4]


def sheet(tmp_path: Path, text: str) -> Path:
    """A CSV file."""
    path = tmp_path / "undangan.csv"
    path.write_text(text, encoding="utf-8")
    return path


HEAD = "nama;email;peran;satuan kerja;alasan\n"


def test_rows_are_read_with_their_numbers_and_without_empty_ones(tmp_path: Path) -> None:
    rows = read_rows(
        sheet(tmp_path, HEAD + "Dewi;d@contoh.id;moderator;WORKS;SK\n;;;;\nTono;t@contoh.id;a;b;c\n")
    )
    assert [(found.number, found.get("nama"), found.get("satuan_kerja")) for found in rows] == [
        (2, "Dewi", "WORKS"),
        (4, "Tono", "b"),
    ]


@pytest.mark.parametrize(
    "text", ["nama;email\nDewi;d@contoh.id\n", HEAD, HEAD + "a;b;c;d;e\n" * (MOST_ROWS + 1)]
)
def test_sheets_without_columns_without_rows_or_with_too_many_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Invalid):
        read_rows(sheet(tmp_path, text))


def test_five_hundred_rows_are_taken(tmp_path: Path) -> None:
    assert len(read_rows(sheet(tmp_path, HEAD + "a;b;c;d;e\n" * MOST_ROWS))) == MOST_ROWS


def test_address_taken_in_this_very_moment_keeps_everybody_out(
    place: scenes.Regency, monkeypatch: Any
) -> None:
    from rembuk.management.actions import people_sheet

    by = people.staff("administrator", place.root)
    real = people_sheet.rehearse

    def overtaken(*args: Any, **kwargs: Any) -> Any:
        lines = real(*args, **kwargs)
        people.citizen(email="dewi3@contoh.id")
        return lines

    monkeypatch.setattr(people_sheet, "rehearse", overtaken)
    with pytest.raises(Invalid):
        invite_many([row(2), row(3)], by=by, at=NOW)
    assert not Person.objects.filter(email="dewi2@contoh.id").exists()
