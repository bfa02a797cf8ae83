"""That somebody took the list of grants out as a file."""

from django.db import transaction

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.management import verbs

_WORDS = frozenset({"q", "oleh"})


@transaction.atomic
def note_export(*, by: Person, filters: dict[str, str], form: str, count: int) -> None:
    """Record that ``by`` took ``count`` grants, found by ``filters``, as a file of this form.

    Words that were searched for are not kept: they are mostly names, which stand in no entry.
    """
    kept = {name: True if name in _WORDS else value for name, value in filters.items()}
    audit.record(
        verbs.GRANTS_EXPORTED,
        by=actor_of(by),
        target=audit.Target(kind="export", key="grants"),
        after={"filters": kept, "form": form, "count": count},
    )
