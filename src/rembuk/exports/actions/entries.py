"""The entry of one export in the trail. Words that were searched for are not kept: they are mostly names."""

from datetime import datetime

from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.audit.verbs import Verb
from rembuk.exports.models import Export

_WORDS = frozenset({"q", "oleh", "orang"})


def note(verb: Verb, export: Export, *, by: Actor, at: datetime, **facts: object) -> None:
    """Record a deed about an export, with what it is of."""
    after = {"what": export.kind, "form": export.form, **facts}
    audit.record(verb, by=by, target=audit.Target("export", str(export.public_id)), after=after, at=at)


def filters_of(export: Export) -> dict[str, object]:
    """The filters as they stand in the trail."""
    return {
        name: True if name in _WORDS else ", ".join(values)
        for name, values in export.given.items()
        if any(values)
    }
