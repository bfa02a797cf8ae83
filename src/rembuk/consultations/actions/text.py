"""The version of a text that staff prepare: reading what was pasted, mending the parts, keeping them as clauses, discarding.

Publishing it: ``versions``. What is read and mended waits in ``DraftVersion.tree``; keeping matches it with the published
version, so that each clause carries its identity, its comments and remarks on.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.clockwork import moment_of
from rembuk.consultations.actions.making.changes import take_back
from rembuk.consultations.actions.steps import Deed, deed, lock, record
from rembuk.consultations.choices import Change
from rembuk.consultations.drafts.matching import Match, changes_of, match_parts
from rembuk.consultations.drafts.parts import Part, parents
from rembuk.consultations.drafts.reading import MOST_PARTS, read_text
from rembuk.consultations.errors import VersionFixed
from rembuk.consultations.models import Clause, ClauseText, Consultation, DraftVersion, MatrixRow
from rembuk.consultations.selectors import wording
from rembuk.consultations.states import State
from rembuk.consultations.text_history import as_part, parts_of, stamp_of

# A text can be prepared and published until the consultation is concluded or cancelled.
WORKING = frozenset({State.DRAFT, State.SCHEDULED, State.OPEN, State.CLOSED})


@transaction.atomic
def read_source(
    consultation: Consultation, source: str, *, by: Person, at: datetime | None = None
) -> DraftVersion:
    """Read a pasted or typed text into the version in work, begun if there is none; its parts wait to be mended.

    Clauses kept before stay until ``keep_text``. Writes an audit entry.

    Raises:
        Denied: without the right to edit.
        Invalid: for a text that can't be read (``drafts.reading``).
        WrongState: when the consultation is concluded or cancelled.
    """
    found, act = begin(consultation, by, at)
    reading = read_text(source)
    version = wording.version_in_work(found)
    if version is None:
        last = found.versions.aggregate(last=Max("number"))["last"] or 0
        version = DraftVersion(consultation=found, number=last + 1, created_by=by, created_at=act.moment)
    version.source = source
    version.tree = _as_json(reading.parts, reading.left_out)
    version.save()
    record(found, verbs.TEXT_READ, act, after={"version": version.number, "parts": len(reading.parts)})
    return version


@transaction.atomic
def mend_text(
    version: DraftVersion,
    mend: Callable[[Sequence[Part]], list[Part]],
    *,
    stamp: str,
    by: Person,
    at: datetime | None = None,
) -> DraftVersion:
    """Mend the parts of the version in work by one act of ``drafts.mending``; ``stamp`` is of the parts as they were seen.

    Raises:
        Denied: without the right to edit.
        Invalid: as the act of mending says.
        VersionFixed: once it is published.
        WrongState: when somebody else changed the parts meanwhile.
    """
    found, act, kept = _begin_version(version, by, at)
    before = _seen(kept, stamp)
    after = mend(before)
    if len(after) > MOST_PARTS:
        raise Invalid(_("A text can have at most %(most)s parts.") % {"most": MOST_PARTS})
    kept.tree = _as_json(after, (kept.tree or {}).get("left_out", []))
    kept.save(update_fields=["tree"])
    counts = ({"parts": len(before)}, {"parts": len(after), "version": kept.number})
    record(found, verbs.TEXT_MENDED, act, before=counts[0], after=counts[1])
    return kept


@transaction.atomic
def keep_text(version: DraftVersion, *, stamp: str, by: Person, at: datetime | None = None) -> DraftVersion:
    """Keep the mended parts as the clauses of the version in work, each matched with the published version.

    Decisions that staff made on doubtful matches of the same words hold. Writes clauses and texts in bulk, audit.

    Raises:
        Denied: without the right to edit.
        VersionFixed: once it is published.
        WrongState: when somebody else changed the parts meanwhile, or there is nothing to keep.
    """
    found, act, kept = _begin_version(version, by, at)
    if kept.tree is None:
        raise WrongState(_("The parts are kept already."))
    parts = _seen(kept, stamp)
    base = wording.published_version(found)
    old = list(base.texts.select_related("clause").order_by("position")) if base else []
    earlier = list(kept.texts.select_related("clause"))
    matches = _matches(old, parts, earlier) if base else [Match(None, Change.FIRST)] * len(parts)
    clauses = _clauses(found, parts, matches, old, earlier)
    kept.texts.all().delete()
    _write(kept, parts, matches, clauses)
    drop_orphans(found)
    kept.tree = None
    kept.save(update_fields=["tree"])
    counts = Counter(str(match.change) for match in matches)
    doubtful = sum(match.is_doubtful for match in matches)
    record(found, verbs.TEXT_KEPT, act, after={"version": kept.number, "doubtful": doubtful, **counts})
    return kept


@transaction.atomic
def stop_mending(version: DraftVersion, *, by: Person, at: datetime | None = None) -> DraftVersion:
    """Leave what was read or mended anew, and stay with the clauses kept before.

    Raises:
        Denied: without the right to edit.
        VersionFixed: once it is published.
        WrongState: when nothing was kept before.
    """
    found, act, kept = _begin_version(version, by, at)
    if kept.tree is None or not kept.texts.exists():
        raise WrongState(_("There is nothing to go back to. To give the version up, discard it."))
    kept.tree = None
    kept.save(update_fields=["tree"])
    record(found, verbs.TEXT_MENDED, act, after={"version": kept.number, "parts": kept.texts.count()})
    return kept


@transaction.atomic
def discard_text(version: DraftVersion, *, by: Person, at: datetime | None = None) -> None:
    """Give the version in work up, with its clauses that stand in no other version.

    Raises:
        Denied: without the right to edit.
        VersionFixed: once it is published.
    """
    found, act, kept = _begin_version(version, by, at)
    number = kept.number
    MatrixRow.objects.filter(changed_version=kept).update(changed_version=None, changed_clause=None)
    kept.delete()
    drop_orphans(found)
    record(found, verbs.TEXT_DISCARDED, act, before={"version": number})


def begin(consultation: Consultation, by: Person, at: datetime | None) -> tuple[Consultation, Deed]:
    """The locked consultation whose text may still be worked on, no longer handed over, and the act.

    Raises:
        Denied: without the right to edit.
        WrongState: when it is concluded or cancelled.
    """
    found = lock(consultation)
    require(rules.may_edit(found, by))
    if found.state not in WORKING:
        raise WrongState(_("The text of a concluded or cancelled consultation stays as it is."))
    take_back(found)
    return found, deed(found, izin.CONSULTATION_EDIT, by=by, moment=moment_of(at))


def drop_orphans(consultation: Consultation) -> None:
    """Remove clauses that stand in no version and were never public; their numbers were never seen."""
    named = MatrixRow.objects.filter(changed_clause__isnull=False).values("changed_clause")
    orphans = Clause.objects.filter(consultation=consultation, subject=None, texts=None)
    orphans.exclude(pk__in=named).delete()


def _begin_version(
    version: DraftVersion, by: Person, at: datetime | None
) -> tuple[Consultation, Deed, DraftVersion]:
    found, act = begin(version.consultation, by, at)
    kept = found.versions.select_for_update().filter(pk=version.pk).first()
    if kept is None:
        raise WrongState(_("This version was discarded meanwhile."))
    if kept.published_at is not None:
        raise VersionFixed
    return found, act, kept


def _seen(version: DraftVersion, stamp: str) -> list[Part]:
    parts = parts_of(version)
    if stamp_of(parts) != stamp:
        raise WrongState(
            _("Somebody changed the text meanwhile. Nothing was changed by you; look at it again.")
        )
    return parts


def _as_json(parts: Sequence[Part], left_out: Sequence[str]) -> dict[str, object]:
    return {"parts": [part.to_json() for part in parts], "left_out": list(left_out)[:500]}


def _matches(old: Sequence[ClauseText], parts: Sequence[Part], earlier: Sequence[ClauseText]) -> list[Match]:
    """The matches with the published version; what was decided for the same words before holds."""
    olds = [as_part(text) for text in old]
    found = match_parts(olds, parts)
    decided = _decided(old, parts, earlier)
    taken = {place for place in decided.values() if place is not None}
    to_old: dict[int, int] = {}
    doubtful: set[int] = set()
    for index, match in enumerate(found):
        place = decided.get(index, None if match.old in taken else match.old)
        if place is not None:
            to_old[index] = place
            if match.is_doubtful and index not in decided:
                doubtful.add(index)
    changes = changes_of(olds, parts, to_old)
    return [Match(to_old.get(i), changes[i], i in doubtful) for i in range(len(parts))]


def _decided(
    old: Sequence[ClauseText], parts: Sequence[Part], earlier: Sequence[ClauseText]
) -> dict[int, int | None]:
    """For parts that stood the same in the version in work before, without doubt: what they carry on."""
    at = {text.clause_id: place for place, text in enumerate(old)}
    known = _same(parts, [text for text in earlier if not text.is_doubtful])
    return {index: at.get(text.clause_id) for index, text in known.items()}


def _same(parts: Sequence[Part], texts: Sequence[ClauseText]) -> dict[int, ClauseText]:
    """Parts and clauses with the same full label and words, where both are alone with them."""
    here, there = defaultdict(list), defaultdict(list)
    for index, part in enumerate(parts):
        here[part.full_label, part.heading, part.body].append(index)
    for text in texts:
        there[text.full_label, text.heading, text.body].append(text)
    return {
        indexes[0]: there[key][0]
        for key, indexes in here.items()
        if len(indexes) == 1 and len(there.get(key, [])) == 1
    }


def _clauses(
    consultation: Consultation,
    parts: Sequence[Part],
    matches: Sequence[Match],
    old: Sequence[ClauseText],
    earlier: Sequence[ClauseText],
) -> list[Clause]:
    """The clause of each part: that of the one it carries on, that of the version in work before, or a new one."""
    known = {i: text.clause for i, text in _same(parts, earlier).items() if text.clause.subject_id is None}
    last = consultation.clauses.aggregate(last=Max("number"))["last"] or 0
    made: list[Clause] = []
    found: list[Clause] = []
    for index, match in enumerate(matches):
        if match.old is not None:
            found.append(old[match.old].clause)
        elif index in known:
            found.append(known[index])
        else:
            made.append(Clause(consultation=consultation, number=last + len(made) + 1))
            found.append(made[-1])
    Clause.objects.bulk_create(made)
    return found


def _write(
    version: DraftVersion, parts: Sequence[Part], matches: Sequence[Match], clauses: Sequence[Clause]
) -> None:
    """Texts in bulk, level by level, so that each knows its parent."""
    above = parents([part.depth for part in parts])
    rows = [
        ClauseText(
            version=version,
            clause=clauses[index],
            position=index,
            depth=part.depth,
            kind=part.kind,
            label=part.label,
            full_label=part.full_label,
            heading=part.heading,
            body=part.body,
            change=matches[index].change,
            is_doubtful=matches[index].is_doubtful,
        )
        for index, part in enumerate(parts)
    ]
    for depth in sorted({part.depth for part in parts}):
        level = [index for index, part in enumerate(parts) if part.depth == depth]
        for index in level:
            parent = above[index]
            rows[index].parent = rows[parent] if parent is not None else None
        ClauseText.objects.bulk_create([rows[index] for index in level], batch_size=1000)
