"""Matches of the version in work with the published one, and its publication, after which it never changes."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_text
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.clockwork import moment_of
from rembuk.consultations.actions.indexing import refresh_search
from rembuk.consultations.actions.making.changes import take_back
from rembuk.consultations.actions.steps import add_event, deed, follow_state, lock, record
from rembuk.consultations.actions.text import WORKING, begin, drop_orphans
from rembuk.consultations.choices import Change
from rembuk.consultations.drafts.matching import changes_of
from rembuk.consultations.errors import VersionFixed
from rembuk.consultations.models import Clause, ClauseText, Consultation, DraftVersion
from rembuk.consultations.notices import followers
from rembuk.consultations.selectors import wording
from rembuk.consultations.text_history import as_part
from rembuk.engagement.models import Figures, Subject

LONGEST_NOTE = 1_000
LEAST_NOTE = 20


@transaction.atomic
def confirm_matches(
    version: DraftVersion,
    decisions: Mapping[int, int | None],
    *,
    by: Person,
    at: datetime | None = None,
) -> DraftVersion:
    """Decide what clauses of the version in work carry on, by their positions: the number of an older clause, or ``None``.

    Each gets that identity (or one of its own) and is no longer doubtful; a clause that gives one up becomes new and
    doubtful. What all are (unchanged, changed, moved, new) is found anew. Writes an audit entry for each.

    Raises:
        Denied: without the right to edit.
        Invalid: for an unknown position or number, or one old clause for two parts.
        VersionFixed: once it is published.
        WrongState: while parts are being mended, or before a first version is published.
    """
    found, act = begin(version.consultation, by, at)
    kept = _kept(found, version)
    base = wording.published_version(found)
    if base is None or kept.tree is not None:
        raise WrongState(_("There is nothing to match. Keep the parts first."))
    old = list(base.texts.select_related("clause").order_by("position"))
    texts = list(kept.texts.select_related("clause").order_by("position"))
    held = [text.clause_id for text in texts]
    _decide(found, old, texts, decisions)
    moved = [text for text, before in zip(texts, held, strict=True) if text.clause_id != before]
    _free(found, moved)
    _settle(old, texts)
    drop_orphans(found)
    for position, number in sorted(decisions.items()):
        after = {"version": kept.number, "part": texts[position].full_label, "clause": number}
        record(found, verbs.MATCH_CONFIRMED, act, after=after)
    return kept


@transaction.atomic
def publish_version(
    version: DraftVersion, *, by: Person, note: str = "", at: datetime | None = None
) -> DraftVersion:
    """Publish the version in work: from now on it never changes. New clauses get their talk, in bulk.

    In a draft it becomes public with the announcement. ``note`` says what changed and why; a first version needs none.
    Writes subjects, search, public history, audit; followers hear of a later version.

    Raises:
        Denied: without the right to publish.
        Invalid: without a note on a later version, for an empty text, or where nothing differs.
        VersionFixed: when it is published already.
        WrongState: while parts are being mended, matches are doubtful, or after the consultation ended.
    """
    found = lock(version.consultation)
    require(rules.may_publish(found, by))
    if found.state not in WORKING:
        raise WrongState(_("The text of a concluded or cancelled consultation stays as it is."))
    kept = _kept(found, version)
    base = wording.published_version(found)
    said = _ready(kept, base, note)
    act = deed(found, izin.CONSULTATION_PUBLISH, by=by, moment=moment_of(at))
    _open_talk(found, kept, act.moment)
    kept.note, kept.tree, kept.published_at = said, None, act.moment
    kept.save(update_fields=["note", "tree", "published_at"])
    found.changed_at = act.moment
    found.save(update_fields=["changed_at"])
    take_back(found)
    follow_state(found)
    refresh_search(found)
    record(found, verbs.VERSION_PUBLISHED, act, after={"version": kept.number, "note": said})
    event = add_event(found, "version", act, facts={"number": kept.number})
    if base is not None and found.announced_at is not None:
        followers.version_published(found, event, kept.number)
    return kept


def _kept(consultation: Consultation, version: DraftVersion) -> DraftVersion:
    kept = consultation.versions.select_for_update().filter(pk=version.pk).first()
    if kept is None:
        raise WrongState(_("This version was discarded meanwhile."))
    if kept.published_at is not None:
        raise VersionFixed
    return kept


def _ready(version: DraftVersion, base: DraftVersion | None, note: str) -> str:
    """The cleaned note of a version that can be published."""
    if version.tree is not None:
        raise WrongState(_("The parts are still being mended. Keep them first."))
    changes = set(version.texts.values_list("change", flat=True))
    if not changes:
        raise Invalid(_("This version has no text yet."))
    doubtful = version.texts.filter(is_doubtful=True).count()
    if doubtful:
        message = ngettext(
            "%(count)s match is doubtful. Confirm it first.",
            "%(count)s matches are doubtful. Confirm them first.",
            doubtful,
        )
        raise WrongState(message % {"count": doubtful})
    said = clean_text(note)[:LONGEST_NOTE]
    if base is None:
        return said
    if changes == {Change.UNCHANGED} and version.texts.count() == base.texts.count():
        raise Invalid(_("Nothing differs from the published version."))
    if len(said) < LEAST_NOTE:
        message = _("Say in at least %(least)s characters what changed and why. It is public.")
        raise Invalid(message % {"least": LEAST_NOTE}, fields={"note": [message % {"least": LEAST_NOTE}]})
    return said


def _open_talk(consultation: Consultation, version: DraftVersion, moment: datetime) -> None:
    """A subject for each clause that has none; those of the others take the label of this version."""
    texts = list(version.texts.select_related("clause__subject"))
    made: list[tuple[Clause, Subject]] = []
    renamed: list[Subject] = []
    for text in texts:
        clause, title = text.clause, f"{text.full_label}: {consultation.title}"[:300]
        if clause.subject is None:
            made.append((clause, _subject(consultation, clause, title, moment)))
        elif clause.subject.title != title:
            clause.subject.title = title
            renamed.append(clause.subject)
    subjects = Subject.objects.bulk_create([subject for _clause, subject in made], batch_size=1000)
    Figures.objects.bulk_create([Figures(subject=subject) for subject in subjects], batch_size=1000)
    for clause, subject in made:
        clause.subject = subject
    Clause.objects.bulk_update([clause for clause, _subject in made], ["subject"], batch_size=1000)
    Subject.objects.bulk_update(renamed, ["title"], batch_size=1000)


def _subject(consultation: Consultation, clause: Clause, title: str, moment: datetime) -> Subject:
    return Subject(
        kind=Subject.Kind.CLAUSE,
        code=f"{consultation.code}-B{clause.number}",
        title=title,
        path=f"/uji-publik/{consultation.code}/butir/{clause.number}/",
        unit=consultation.unit,
        created_at=moment,
    )


def _decide(
    consultation: Consultation,
    old: list[ClauseText],
    texts: list[ClauseText],
    decisions: Mapping[int, int | None],
) -> None:
    """Give the parts the identities that were decided; whoever held one of them gets a new one and is doubtful."""
    by_number = {text.clause.number: text.clause for text in old}
    wanted = [number for number in decisions.values() if number is not None]
    known = all(0 <= position < len(texts) for position in decisions) and set(wanted) <= by_number.keys()
    if not known or len(set(wanted)) != len(wanted):
        raise Invalid(_("Each earlier clause can be carried on by one part only. Look at the matches again."))
    holders = {text.clause_id: place for place, text in enumerate(texts)}
    olds = {clause.pk for clause in by_number.values()}
    fresh: list[ClauseText] = []
    for position, number in decisions.items():
        text = texts[position]
        text.is_doubtful = False
        if number is None:
            if text.clause_id in olds:
                fresh.append(text)
            continue
        clause = by_number[number]
        holder = holders.get(clause.pk)
        if holder is not None and holder != position and holder not in decisions:
            texts[holder].is_doubtful = True
            fresh.append(texts[holder])
        text.clause = clause
    _renew(consultation, fresh)


def _renew(consultation: Consultation, fresh: list[ClauseText]) -> None:
    """Clauses of their own for parts that carry on none."""
    for text, clause in zip(fresh, _new_clauses(consultation, len(fresh)), strict=True):
        text.clause = clause


def _free(consultation: Consultation, moved: list[ClauseText]) -> None:
    """Let go of the identities that change hands: a clause stands once in a version, at every instant."""
    clauses = [text.clause for text in moved]
    for text, clause in zip(moved, _new_clauses(consultation, len(moved)), strict=True):
        text.clause = clause
    ClauseText.objects.bulk_update(moved, ["clause"])
    for text, clause in zip(moved, clauses, strict=True):
        text.clause = clause


def _new_clauses(consultation: Consultation, count: int) -> list[Clause]:
    last = consultation.clauses.aggregate(last=Max("number"))["last"] or 0
    numbers = range(last + 1, last + count + 1)
    return Clause.objects.bulk_create([Clause(consultation=consultation, number=n) for n in numbers])


def _settle(old: list[ClauseText], texts: list[ClauseText]) -> None:
    """Write identities and what the parts are now."""
    at = {text.clause_id: place for place, text in enumerate(old)}
    to_old = {place: at[text.clause_id] for place, text in enumerate(texts) if text.clause_id in at}
    changes = changes_of([as_part(t) for t in old], [as_part(t) for t in texts], to_old)
    for text, change in zip(texts, changes, strict=True):
        text.change = change
    ClauseText.objects.bulk_update(texts, ["clause", "change", "is_doubtful"], batch_size=2000)
