"""One act on many accounts: for all that were confirmed or for none, each with its own entry, joined by a mark."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.holders import lock_administrators
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.errors import Denied, WrongState
from rembuk.management.actions import people as single
from rembuk.management.people.together import Step
from rembuk.management.people.verbs import PEOPLE_EXPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Why, and for a suspension until when (``None``: until somebody lifts it)."""

    reason: str = ""
    until: datetime | None = None


class NotAll(WrongState):
    """Some of the accounts can't be taken any more, so that nothing was done; ``refused`` says why, by their number."""

    def __init__(self, refused: Mapping[int, str]) -> None:
        super().__init__(_("Not all of these accounts can be taken. Nothing was done."))
        self.refused = dict(refused)


type _Deed = Callable[[Person, Person, Terms, str, datetime | None], object]

_DEEDS: Final[Mapping[Step, _Deed]] = {
    Step.SUSPEND: lambda person, by, terms, bulk, at: single.suspend_person(
        person, by=by, reason=terms.reason, until=terms.until, at=at, bulk=bulk
    ),
    Step.REINSTATE: lambda person, by, terms, bulk, at: single.reinstate_person(
        person, by=by, reason=terms.reason, at=at, bulk=bulk
    ),
    Step.SESSIONS: lambda person, by, terms, bulk, at: single.end_person_sessions(
        person, by=by, reason=terms.reason, at=at
    ),
    Step.INVITE: lambda person, by, terms, bulk, at: single.invite_again(person, by=by, at=at, bulk=bulk),
}


def act_on_many(
    step: Step, people: Sequence[Person], terms: Terms, *, by: Person, at: datetime | None = None
) -> int:
    """Suspend, reinstate, sign out or invite again all of these people; returns how many.

    Raises:
        NotAll: when one of them can't be taken; then nothing is done to anybody.
        Invalid: for a reason or an end that the single act refuses.
    """
    mark, refused = uuid4().hex, {}
    with transaction.atomic():
        lock_administrators()
        # Always in the same order, so that two such acts at once wait for each other instead of standing still.
        for person in sorted(people, key=lambda one: one.pk):
            try:
                with transaction.atomic():
                    _DEEDS[step](person, by, terms, mark, at)
            except (Denied, WrongState) as refusal:
                refused[person.pk] = str(refusal)
        if refused:
            raise NotAll(refused)
    return len(people)


def note_export(
    *, by: Person, filters: Mapping[str, object], form: str, count: int, at: datetime | None = None
) -> None:
    """Record that ``by`` took a copy of the list of people, with the filters asked for and how many it names.

    Words that were searched for are not kept: they are mostly names, which stand in no entry.
    """
    kept = {name: True if name == "q" else value for name, value in filters.items() if value}
    after = {"filters": kept, "form": form, "count": count, "fields": ["name", "email"]}
    with transaction.atomic():
        audit.record(
            PEOPLE_EXPORTED, by=actor_of(by), target=audit.Target("export", "people"), after=after, at=at
        )
