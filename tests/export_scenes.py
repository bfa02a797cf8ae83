"""Exports for the tests: asked for by real actions, of real rows."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from rembuk.accounts.models import Person
from rembuk.exports.actions.asking import ask
from rembuk.exports.models import Export
from rembuk.exports.sources import Source
from rembuk.exports.states import Form
from rembuk.web.exports import catalogue
from tests import people, scenes

COLUMNS = ["kode", "judul", "status"]


def asker(place: scenes.Regency, role: str = "administrator") -> Person:
    """Somebody of the whole regency who may export; with her rights as they are now."""
    return fresh(people.staff(role, place.root, "Ratna Dewi"))


def fresh(person: Person) -> Person:
    """The person as the next request would meet her: with nothing remembered of her rights."""
    return Person.objects.get(pk=person.pk)


def asked(
    by: Person,
    *,
    source: Source = catalogue.PROPOSALS,
    form: str = Form.CSV,
    at: datetime | None = None,
    language: str = "id",
    **given: list[str],
) -> Export:
    """An export that waits."""
    if source is catalogue.PROPOSALS:
        given.setdefault("kolom", COLUMNS)
    return ask(source, given, form=form, by=by, language=language, at=at)


def path_of(export: Export) -> Path:
    """Where its file lies."""
    return Path(settings.MEDIA_ROOT) / export.storage_key


def files() -> list[str]:
    """The names of all files that lie there."""
    folder = Path(settings.MEDIA_ROOT) / "ekspor"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []
