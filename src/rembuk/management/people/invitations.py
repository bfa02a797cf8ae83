"""A sheet of people to be invited: its columns, and what each row would bring, with all that is wrong with it.

Nothing is written here; ``actions.people_sheet`` does, and asks again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.holders import makes_administrator
from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.common.clock import first_instant, instant, last_instant, local_date
from rembuk.common.errors import Denied, Invalid
from rembuk.common.text import clean_line
from rembuk.management import rules, selectors
from rembuk.management.facts import GrantFacts, Newcomer
from rembuk.proposals.imports import sheets
from rembuk.proposals.imports.layouts import read_date
from rembuk.proposals.imports.records import BadRow
from rembuk.siteconfig.selectors import current
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import active_units

MOST_ROWS: Final = 500
COLUMNS: Final = ("nama", "email", "peran", "satuan_kerja", "alasan", "mulai", "sampai", "bahasa")
REQUIRED: Final = COLUMNS[:5]
_LONGEST: Final = {"nama": 120, "email": 254, "alasan": 300}
_MISSING_CELL: Final = "–"


@dataclass(slots=True)
class Line:
    """A row: what it says, and what is wrong with it. ``is_there``: this was done already, so that nothing is left to do."""

    number: int
    name: str
    email: str
    newcomer: Newcomer | None = None
    facts: GrantFacts | None = None
    problems: list[str] = field(default_factory=list)
    is_there: bool = False

    @property
    def is_new(self) -> bool:
        """Whether this row brings somebody."""
        return not self.problems and not self.is_there


def read_rows(path: Path) -> list[sheets.SheetRow]:
    """The filled rows of an XLSX or CSV file after the template.

    Raises:
        Invalid: when it can't be read, lacks a column, has no rows or too many.
    """
    rows: list[sheets.SheetRow] = []
    for row in sheets.read(path):
        cells = {name.replace(" ", "_"): cell for name, cell in row.cells.items()}
        missing = [name for name in REQUIRED if name not in cells]
        if missing:
            raise Invalid(_("The sheet lacks these columns: %(names)s.") % {"names": ", ".join(missing)})
        if len(rows) == MOST_ROWS:
            raise Invalid(
                _("The sheet has more than %(most)s rows. Split it into several.") % {"most": MOST_ROWS}
            )
        rows.append(sheets.SheetRow(row.number, cells))
    if not rows:
        raise Invalid(_("The sheet has a head but no rows below it."))
    return rows


def rehearse(rows: Sequence[sheets.SheetRow], *, by: Person, at: datetime | None = None) -> list[Line]:
    """What each row would bring now, in as many queries for five hundred as for one."""
    desk = _Desk(rows, by, instant(at))
    return [desk.line(row) for row in rows]


class _Desk:
    """All that rows are compared with, read once."""

    def __init__(self, rows: Sequence[sheets.SheetRow], by: Person, moment: datetime) -> None:
        self.by, self.moment, self.seen = by, moment, dict[str, int]()
        self.roles = _roles()
        self.units = {unit.code.casefold(): unit for unit in active_units()}
        emails = {_email(row) for row in rows}
        self.people = {person.email: person for person in Person.objects.filter(email__in=emails)}
        confirmed = EmailAddress.objects.filter(email__in=emails, verified=True)
        self.taken = set(self.people) | set(confirmed.values_list("email", flat=True))
        held = Grant.objects.filter(selectors.unended(moment), person__in=self.people.values())
        self.held = set(held.values_list("person", "role", "unit"))

    def line(self, row: sheets.SheetRow) -> Line:
        """A row with what is wrong with it, in the reader's language."""
        line = Line(row.number, clean_line(row.get("nama")), _email(row))
        role, unit = self._role(row, line), self._unit(row, line)
        self._check_address(line)
        if role is not None and unit is not None:
            self._check_rights(role, unit, line)
            line.is_there = not line.problems and self._is_there(line, role, unit)
        if line.is_there:
            return line
        if line.email in self.taken:
            line.problems.append(
                _("This address has an account already. Give that person the role under Access rights.")
            )
        self._check_texts(row, line)
        language, period = _language(row, line), self._period(row, line)
        if not line.problems and role is not None and unit is not None:
            line.newcomer = Newcomer(name=line.name, email=line.email, language=language)
            reason = clean_line(row.get("alasan"))
            line.facts = GrantFacts(
                role=role, unit=unit, reason=reason, starts_at=period[0], ends_at=period[1]
            )
        return line

    def _role(self, row: sheets.SheetRow, line: Line) -> Role | None:
        text = clean_line(row.get("peran"))
        role = self.roles.get(text.casefold())
        if role is None:
            words = _("There is no role “%(name)s” to be given. See the sheet of roles in the template.")
            line.problems.append(words % {"name": text[:80] or _MISSING_CELL})
        return role

    def _unit(self, row: sheets.SheetRow, line: Line) -> WorkUnit | None:
        text = clean_line(row.get("satuan_kerja"))
        code = text.rpartition("(")[2].rstrip(")") if text.endswith(")") else text
        unit = self.units.get(code.casefold())
        if unit is None:
            words = _(
                "There is no work unit in use with the code “%(code)s”. See the sheet of work units in the template."
            )
            line.problems.append(words % {"code": text[:80] or _MISSING_CELL})
        return unit

    def _check_address(self, line: Line) -> None:
        try:
            validate_email(line.email)
        except ValidationError:
            words = _("“%(text)s” is not an email address.")
            line.problems.append(words % {"text": line.email[:80] or _MISSING_CELL})
            return
        first = self.seen.setdefault(line.email, line.number)
        if first != line.number:
            line.problems.append(_("The same address stands in row %(number)s.") % {"number": first})

    def _check_rights(self, role: Role, unit: WorkUnit, line: Line) -> None:
        if not rights.can(self.by, izin.PERSON_MANAGE, unit):
            line.problems.append(_("Your rights do not cover this work unit."))
            return
        may = rules.may_give_grant(self.by, None, role, unit)
        if isinstance(may, Denied):
            line.problems.append(str(may))
        elif makes_administrator(role, unit):
            line.problems.append(
                _("This role makes an administrator, which takes two people: invite this person alone.")
            )

    def _is_there(self, line: Line, role: Role, unit: WorkUnit) -> bool:
        person = self.people.get(line.email)
        return person is not None and (person.pk, role.pk, unit.pk) in self.held

    def _check_texts(self, row: sheets.SheetRow, line: Line) -> None:
        words = {"nama": _("The name is missing."), "alasan": _("The reason is missing.")}
        line.problems += [words[name] for name in words if not clean_line(row.get(name))]
        too_long = [name for name, most in _LONGEST.items() if len(clean_line(row.get(name))) > most]
        line.problems += [
            _("“%(column)s” is longer than %(most)s characters.") % {"column": name, "most": _LONGEST[name]}
            for name in too_long
        ]

    def _period(self, row: sheets.SheetRow, line: Line) -> tuple[datetime | None, datetime | None]:
        """From the first day's first instant to the last day's end; today means now."""
        zone, today = current().tz, local_date(self.moment, current().tz)
        since, until = _day(row, "mulai", line), _day(row, "sampai", line)
        if since is not None and since < today:
            line.problems.append(_("The first day can't lie in the past."))
        if until is not None and until < max(since or today, today):
            line.problems.append(_("The last day can't come before the first one, or be over already."))
        starts_at = first_instant(since, zone) if since and since > today else None
        return starts_at, last_instant(until, zone) if until else None


def _roles() -> dict[str, Role]:
    """Roles that can be given, by their code and by their names."""
    found = {}
    for role in Role.objects.filter(is_active=True).exclude(permissions=[]):
        for name in (role.name_en, role.name, role.slug):
            found[name.casefold()] = role
    return found


def _email(row: sheets.SheetRow) -> str:
    return clean_line(row.get("email")).lower()


def _language(row: sheets.SheetRow, line: Line) -> str:
    text = clean_line(row.get("bahasa")).lower() or Person.Language.INDONESIAN.value
    if text not in Person.Language.values:
        line.problems.append(_("The language is “id” or “en”, or empty."))
    return text


def _day(row: sheets.SheetRow, column: str, line: Line) -> date | None:
    try:
        found = read_date(clean_line(row.get(column)))
    except BadRow as fault:
        line.problems.append(fault.reason)
        return None
    return found.date() if found else None
