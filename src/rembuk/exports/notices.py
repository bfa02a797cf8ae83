"""Whoever asked hears that the file is ready, or that there is none."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from rembuk.exports.models import Export
from rembuk.exports.sources import known
from rembuk.exports.states import Problem
from rembuk.notifications import outbox
from rembuk.notifications.kinds import DUTY, Kind, register

PAGE = "/kelola/unduhan/"

READY = Kind(
    key="export.ready",
    label=_("A file I asked for is ready"),
    subject=_("Your file is ready: %(what)s"),
    body=_("%(what)s, %(rows)s rows. Fetch it under My downloads within seven days; then it is removed."),
    category=DUTY,
)
FAILED = Kind(
    key="export.failed",
    label=_("A file I asked for could not be made"),
    subject=_("Your file could not be made: %(what)s"),
    body=_("%(why)s My downloads shows what you asked for."),
    category=DUTY,
)
register(READY, FAILED)


def ready(export: Export, at: datetime) -> None:
    """Tell whoever asked that the file can be fetched."""
    _tell(READY, export, at, rows=f"{export.rows_done:,}".replace(",", "."))


def failed(export: Export, at: datetime) -> None:
    """Tell whoever asked that there is no file, and why."""
    _tell(FAILED, export, at, why=Problem(export.problem).label)


def _tell(kind: Kind, export: Export, at: datetime, **words: object) -> None:
    source = known(export.kind)
    with translation.override(export.language):
        outbox.enqueue(
            f"{kind.key}:{export.public_id}",
            kind=kind.key,
            recipients=[export.person_id],
            params={
                "what": str(source.label) if source else export.kind,
                **{k: str(v) for k, v in words.items()},
            },
            url=f"{PAGE}{export.public_id}/",
            at=at,
        )
