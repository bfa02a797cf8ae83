"""The sheet a person is importing: laid aside on the shelf, named in her session, until its report is left.

One sheet per session; a new one takes the place of the old. The bytes never lie in the session.
"""

from collections.abc import MutableMapping
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid, NotVisible, WrongState
from rembuk.proposals.actions.import_file import (
    FileOutcome,
    destination,
    import_reading,
    rehearse_import,
    scope_of,
)
from rembuk.proposals.imports import shelf
from rembuk.proposals.imports.layouts import OFFICE
from rembuk.proposals.imports.reading import Reading, read_file
from rembuk.web.imports import rows
from rembuk.workunits.models import WorkUnit

KEY = "import"
# Larger sheets are the operator's (``import-proposals``), since a page must answer in seconds.
MOST_ROWS = 1000
# Reasons told on the page; the file to download has them all.
MOST_TOLD = 200

type Session = MutableMapping[str, Any]
type Problem = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet that was read, and the unit it is for."""

    token: str
    unit: WorkUnit
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of a sheet: counts, and reasons by row number."""

    unit: WorkUnit
    counts: dict[str, int]
    rejected: list[Problem]
    remarks: list[Problem]


def lay(session: Session, sheet: "File[bytes]", unit: WorkUnit) -> None:
    """Lay a sheet aside for its preview.

    Raises:
        Invalid: when it can't be read, lacks columns, is empty or too long; then nothing is kept.
    """
    token = shelf.lay(sheet)
    try:
        _check(_read(token, unit))
    except Invalid:
        shelf.clear(token)
        raise
    _forget(session)
    session[KEY] = {"token": token, "unit": unit.code}


def sheet(session: Session) -> Waiting:
    """The sheet that waits to be confirmed.

    Raises:
        WrongState: when none waits, or it was imported already.
    """
    kept = session.get(KEY, {})
    unit = _unit(kept)
    if unit is None or "report" in kept or not shelf.is_there(kept["token"]):
        raise WrongState(
            _("No sheet is waiting. It may have been imported already; choose it again to be sure.")
        )
    return Waiting(kept["token"], unit, _read(kept["token"], unit))


def is_done(session: Session) -> bool:
    """Whether the sheet at hand was written, so that a second click leads to the report only."""
    return "report" in session.get(KEY, {})


def rehearse(waiting: Waiting, *, by: Person) -> FileOutcome:
    """What the sheet would bring now; nothing is written."""
    return rehearse_import(waiting.reading, into=_into(waiting.unit), by=by)


def write(session: Session, waiting: Waiting, *, by: Person) -> None:
    """Import the sheet; its bytes go, the report stays in the session, rejected rows on the shelf."""
    outcome = import_reading(waiting.reading, into=_into(waiting.unit), by=by)
    rejected = shelf.lay(File(BytesIO(rows.rejected_csv(outcome.rejected))))
    shelf.clear(waiting.token)
    told = Report(
        unit=waiting.unit,
        counts=outcome.counts,
        rejected=_told(outcome.rejected),
        remarks=_told(outcome.remarks),
    )
    report = {name: value for name, value in asdict(told).items() if name != "unit"}
    session[KEY] = {"token": rejected, "unit": waiting.unit.code, "report": report}


def report(session: Session) -> Report:
    """The report of the sheet that was imported last.

    Raises:
        NotVisible: when there is none.
    """
    kept = session.get(KEY, {})
    unit = _unit(kept)
    if unit is None or "report" not in kept:
        raise NotVisible
    return Report(unit=unit, **kept["report"])


def rejected_rows(session: Session, *, by: Person) -> bytes:
    """The rejected rows as a CSV file: of the report, or of the sheet that waits."""
    if not is_done(session):
        return rows.rejected_csv(rehearse(sheet(session), by=by).rejected)
    token = session[KEY]["token"]
    if not shelf.is_there(token):
        raise NotVisible
    with shelf.taken(token) as path:
        return path.read_bytes()


def _read(token: str, unit: WorkUnit) -> Reading:
    with shelf.taken(token) as path:
        return read_file(path, OFFICE, scope=scope_of(unit))


def _check(reading: Reading) -> None:
    if not reading.rows:
        raise Invalid(_("The sheet has a head but no rows below it."))
    if len(reading.rows) > MOST_ROWS:
        words = {"most": MOST_ROWS}
        raise Invalid(_("The sheet has more than %(most)s rows. Split it into several.") % words)


def _into(unit: WorkUnit) -> Any:
    return destination(OFFICE, unit, origin=unit)


def _unit(kept: dict[str, Any]) -> WorkUnit | None:
    return WorkUnit.objects.filter(code=kept.get("unit", "")).select_related("region").first()


def _told(found: list[Any]) -> list[Problem]:
    return [(row.number, reason) for row, reason in found[:MOST_TOLD]]


def _forget(session: Session) -> None:
    kept = session.pop(KEY, {})
    if kept:
        shelf.clear(kept["token"])
