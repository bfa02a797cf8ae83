"""What became of the text from version to version: changes between two, the history of one clause, the parts in work.

Which versions and clauses a reader may see is decided by whoever hands them in (``doors``, ``selectors``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import models
from django.utils.translation import pgettext_lazy

from rembuk.common.difference import Part, word_difference
from rembuk.consultations.drafts import matching, parts
from rembuk.consultations.models import Clause, ClauseText, DraftVersion


class Fate(models.TextChoices):
    """What a version did to a clause; the first five as ``choices.Change`` stores them."""

    FIRST = "first", pgettext_lazy("clause", "First version")
    UNCHANGED = "unchanged", pgettext_lazy("clause", "Unchanged")
    CHANGED = "changed", pgettext_lazy("clause", "Changed")
    MOVED = "moved", pgettext_lazy("clause", "Moved")
    NEW = "new", pgettext_lazy("clause", "New")
    REMOVED = "removed", pgettext_lazy("clause", "Removed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """One clause in an older and a newer version; ``old`` or ``new`` is ``None`` where it did not stand.

    ``parts`` is the word difference of heading and words, for changed, new and removed clauses; ``was`` the full label
    it had before, where that differs.
    """

    clause: Clause
    version: DraftVersion
    change: Fate
    old: ClauseText | None
    new: ClauseText | None
    parts: list[Part]
    was: str = ""

    @property
    def label(self) -> str:
        """The full label it has now, or had last."""
        text = self.new or self.old
        return text.full_label if text else ""


def words_of(text: ClauseText | None) -> str:
    """Heading and words of a clause as one text."""
    return f"{text.heading}\n{text.body}".strip() if text else ""


def as_part(text: ClauseText) -> parts.Part:
    """A clause's text as the pure functions of ``drafts`` know it."""
    return parts.Part(
        kind=text.kind,
        depth=text.depth,
        label=text.label,
        full_label=text.full_label,
        heading=text.heading,
        body=text.body,
    )


def parts_of(version: DraftVersion) -> list[parts.Part]:
    """The parts of the version in work as they are now: those being mended, else the kept clauses."""
    if version.tree is not None:
        return parts.settled([parts.Part.from_json(plain) for plain in version.tree["parts"]])
    return [as_part(text) for text in version.texts.order_by("position")]


def stamp_of(seen: Sequence[parts.Part]) -> str:
    """A short digest of the parts, by which a page says what it has seen."""
    plain = repr([(str(p.kind), p.depth, p.label, p.heading, p.body) for p in seen])
    return sha256(plain.encode()).hexdigest()[:16]


def changes_between(
    old: DraftVersion, new: DraftVersion, *, with_unchanged: bool = False
) -> list[ClauseChange]:
    """What differs between two versions: in the order of the new one, a removed clause where it stood. Two queries."""
    before, after = _texts(old), _texts(new)
    at = {text.clause_id: place for place, text in enumerate(before)}
    to_old = {place: at[text.clause_id] for place, text in enumerate(after) if text.clause_id in at}
    fates = matching.changes_of([as_part(t) for t in before], [as_part(t) for t in after], to_old)
    gone = _gone(before, {text.clause_id for text in after})
    rows = [_row(new, text, None, Fate.REMOVED) for text in gone.get(None, [])]
    for place, text in enumerate(after):
        was = before[to_old[place]] if place in to_old else None
        rows.append(_row(new, was, text, Fate(fates[place])))
        rows += [_row(new, lost, None, Fate.REMOVED) for lost in gone.get(text.clause_id, [])]
    return [row for row in rows if with_unchanged or row.change is not Fate.UNCHANGED]


def clause_history(clause: Clause) -> list[ClauseChange]:
    """What each published version did to a clause, the oldest first, from the one that brought it. Two queries."""
    versions = list(
        DraftVersion.objects.filter(
            consultation_id=clause.consultation_id, published_at__isnull=False
        ).order_by("number")
    )
    texts = {text.version_id: text for text in ClauseText.objects.filter(clause=clause, version__in=versions)}
    rows: list[ClauseChange] = []
    before: ClauseText | None = None
    for version in versions:
        text = texts.get(version.pk)
        if text is None and before is None:
            continue
        fate = Fate.REMOVED if text is None else Fate(text.change)
        rows.append(_row(version, before, text, fate, clause))
        before = text
    return rows


def _texts(version: DraftVersion) -> list[ClauseText]:
    return list(version.texts.select_related("clause").order_by("position"))


def _gone(before: list[ClauseText], kept: set[int]) -> dict[int | None, list[ClauseText]]:
    """Removed clauses by the clause that stays before them."""
    found: dict[int | None, list[ClauseText]] = {}
    last: int | None = None
    for text in before:
        if text.clause_id in kept:
            last = text.clause_id
        else:
            found.setdefault(last, []).append(text)
    return found


def _row(
    version: DraftVersion,
    old: ClauseText | None,
    new: ClauseText | None,
    fate: Fate,
    clause: Clause | None = None,
) -> ClauseChange:
    text = new or old
    assert text is not None
    differs = fate in {Fate.CHANGED, Fate.NEW, Fate.REMOVED}
    return ClauseChange(
        clause=clause or text.clause,
        version=version,
        change=fate,
        old=old,
        new=new,
        parts=word_difference(words_of(old), words_of(new)) if differs else [],
        was=old.full_label if old and new and old.full_label != new.full_label else "",
    )
