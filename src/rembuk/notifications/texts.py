"""The words of a notice: the kind's sentences filled from the event, in the language of the moment."""

from collections import defaultdict
from dataclasses import dataclass

from .kinds import UnknownKind, known
from .models import Event


@dataclass(frozen=True, slots=True)
class Words:
    """A notice as people read it; ``url`` is the event's path on this site."""

    subject: str
    body: str
    url: str


def words_of(event: Event) -> Words:
    """The words of an event in the active language.

    An event of a kind that a later version of the program no longer has is shown by its title, if it has one.
    """
    try:
        kind = known(event.kind)
    except UnknownKind:
        title = str(event.params.get("title", event.key))
        return Words(subject=title, body="", url=event.url)
    params = defaultdict(str, event.params)
    return Words(subject=_one_line(str(kind.subject) % params), body=str(kind.body) % params, url=event.url)


def _one_line(text: str) -> str:
    return " ".join(text.split())
