"""Exports for the tests: asked for by real actions, of real rows."""

import gc
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Model
from django.test import Client

from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.consultations.models import Consultation, MatrixRow, Objection
from rembuk.exports.actions.asking import ask
from rembuk.exports.models import Export
from rembuk.exports.sources import Source
from rembuk.exports.states import Form
from rembuk.web.exports import catalogue
from rembuk.workunits.models import WorkUnit
from tests import consultation_scenes, people, scenes

COLUMNS = ["kode", "judul", "status"]


def asker(place: scenes.Regency, role: str = "administrator") -> Person:
    """Somebody of the whole regency who may export; with her rights as they are now."""
    return fresh(people.staff(role, place.root, "Ratna Dewi"))


def fresh(person: Person) -> Person:
    """The person as the next request would meet her: with nothing remembered of her rights."""
    return Person.objects.get(pk=person.pk)


def reads_and_takes(reads: WorkUnit, takes: WorkUnit, what: str) -> Client:
    """A browser of somebody who may read in one unit and export in another."""
    n = Role.objects.count()
    for name, permissions in (("reads", ["desk.enter", f"{what}.read"]), ("takes", [f"{what}.export"])):
        Role.objects.create(slug=f"{name}-{n}", name=name, name_en=name, permissions=permissions)
    person = people.staff(f"reads-{n}", reads)
    people.grant(person, f"takes-{n}", takes)
    client = Client()
    client.force_login(person)
    return client


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


def objected(place: scenes.Regency, count: int) -> Consultation:
    """A consultation with so many full submissions, all answered, each with an objection that was decided."""
    made = consultation_scenes.all_answered(place, count)
    for row in MatrixRow.objects.filter(consultation=made, number=1):
        at = made.closes_at
        Objection.objects.create(
            submission_id=row.submission_id, row=row, at=at, decided_at=at, outcome="confirmed"
        )
    return made


def kept_after(work: Callable[[], object]) -> Counter[str]:
    """Rows of the database that stay in memory after some work, by model, until Python looks for rings."""
    gc.collect()
    gc.disable()
    try:
        before = {id(one) for one in gc.get_objects() if isinstance(one, Model)}
        work()
        left = [one for one in gc.get_objects() if isinstance(one, Model) and id(one) not in before]
        return Counter(type(one).__name__ for one in left)
    finally:
        gc.enable()
