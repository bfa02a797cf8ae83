"""Importing records: proposals `submitted` with a moderation clock from now, later stages as stage entries.

Chunks of rows, each in a transaction of its own: a fault loses the chunk, never what was reported as written.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common import search
from rembuk.common.clock import instant, local_date
from rembuk.common.text import excerpt
from rembuk.engagement.actions.subjects import draw_codes
from rembuk.engagement.models import Ballot, Case, Figures, Subject
from rembuk.proposals import verbs
from rembuk.proposals.actions.import_fields import SHEET_FIELDS, Into, Outcome, executor_of, sheet_fields
from rembuk.proposals.choices import Channel
from rembuk.proposals.deadlines import moderation_due
from rembuk.proposals.imports.layouts import PLACE_MAX
from rembuk.proposals.imports.records import Record
from rembuk.proposals.models import Decision, Proposal, StageEntry
from rembuk.proposals.states import SUBMIT, State

CHUNK = 500


def import_proposals(
    records: Sequence[Record], *, into: Into, by: Person | Actor, at: datetime | None = None
) -> Outcome:
    """Create or update one proposal per record; what was moderated meanwhile keeps its text and is refused.

    Run again with the same records it changes nothing. Each created proposal has its audit entry in the same
    transaction, joined by one bulk mark.
    """
    outcome, bulk, moment = Outcome(), uuid.uuid4(), instant(at)
    for chunk in batched(records, CHUNK):
        known = _known(into.layout, [record.number for record in chunk])
        fresh = [record for record in chunk if not record.number or record.number not in known]
        with transaction.atomic():
            _create(fresh, into, by, (moment, bulk, len(records)), outcome)
            for record in chunk:
                if record.number and record.number in known:
                    _update(known[record.number], record, into, by, outcome)
    return outcome


def import_stages(
    stages: Sequence[tuple[Record, str]], *, into: Into, by: Person | Actor, at: datetime | None = None
) -> Outcome:
    """Create or update one stage entry per (record, number of its root proposal)."""
    outcome, moment, bulk = Outcome(), instant(at), uuid.uuid4()
    for chunk in batched(stages, CHUNK):
        roots = _known(into.layout, [root for _record, root in chunk])
        numbers = [record.number for record, _root in chunk]
        known = {row.number: row for row in StageEntry.objects.filter(layout=into.layout, number__in=numbers)}
        with transaction.atomic():
            fresh: list[StageEntry] = []
            for record, root in chunk:
                entry = _stage(record, roots[root], into, outcome)
                _keep_stage(entry, known.get(record.number), fresh, outcome)
            StageEntry.objects.bulk_create(fresh)
            entries = [
                (verbs.STAGE_ADDED, _target(entry.proposal), {"number": entry.number}) for entry in fresh
            ]
            audit.record_many(entries, by=actor_of(by), at=moment, bulk=str(bulk))
    return outcome


def _known(layout: str, numbers: Sequence[str]) -> dict[str, Proposal]:
    rows = Proposal.objects.select_related("unit").filter(
        import_layout=layout, import_number__in=[n for n in numbers if n]
    )
    return {proposal.import_number: proposal for proposal in rows}


def _create(
    records: Sequence[Record],
    into: Into,
    by: Person | Actor,
    act: tuple[datetime, uuid.UUID, int],
    outcome: Outcome,
) -> None:
    if not records:
        return
    moment, bulk, size = act
    proposals = _proposals(records, into, by, moment, outcome)
    subjects = _subjects(proposals, moment)
    for proposal, subject in zip(proposals, subjects, strict=True):
        proposal.subject = subject
    Proposal.objects.bulk_create(proposals)
    for proposal, record in zip(proposals, records, strict=True):
        names = f"{proposal.place} {record.village} {record.district}"
        words = search.vector(title=proposal.title, names=names, body=proposal.body)
        Proposal.objects.filter(pk=proposal.pk).update(search=words)
    person = by if isinstance(by, Person) else None
    _open_cases(subjects, into, person, moment)
    Decision.objects.bulk_create(
        Decision(
            proposal=proposal, step=SUBMIT.name, from_state=State.DRAFT, to_state=State.SUBMITTED, at=moment,
            by=person, office=into.origin, bulk=bulk, bulk_size=size,
        )
        for proposal in proposals
    )  # fmt: skip
    _record(proposals, into, by, act)
    outcome.created += len(proposals)


def _proposals(
    records: Sequence[Record], into: Into, by: Person | Actor, moment: datetime, outcome: Outcome
) -> list[Proposal]:
    codes = draw_codes("USL", local_date(moment).year, len(records))
    return [
        Proposal(
            **sheet_fields(record, into, outcome),
            code=code,
            state=State.SUBMITTED,
            unit=into.unit,
            origin_unit=into.origin,
            entered_by=by if isinstance(by, Person) else None,
            channel=Channel.MEETING if into.origin else "",
            import_layout=into.layout if record.number else "",
            import_number=record.number,
            created_at=moment,
            changed_at=moment,
            submitted_at=moment,
        )
        for record, code in zip(records, codes, strict=True)
    ]


def _record(
    proposals: Sequence[Proposal], into: Into, by: Person | Actor, act: tuple[datetime, uuid.UUID, int]
) -> None:
    entries = [
        (verbs.IMPORTED, _target(p), {"state": p.state, "import_number": p.import_number}) for p in proposals
    ]
    entries += [
        (verbs.CATEGORY_PLANTED, audit.Target(kind="category", key=made.slug), {"name": made.name})
        for made in into.categories.take_made()
    ]
    audit.record_many(entries, by=actor_of(by), at=act[0], bulk=str(act[1]))


def _subjects(proposals: Sequence[Proposal], moment: datetime) -> list[Subject]:
    subjects = Subject.objects.bulk_create(
        Subject(
            kind=Subject.Kind.PROPOSAL,
            code=proposal.code or "",
            title=proposal.title,
            path=f"/usulan/{proposal.code}/",
            unit=proposal.unit,
            created_at=moment,
        )
        for proposal in proposals
    )
    Figures.objects.bulk_create(Figures(subject=subject) for subject in subjects)
    choices = [Ballot.SUPPORT, Ballot.AGAINST]
    Ballot.objects.bulk_create(
        Ballot(subject=subject, kind=Ballot.Kind.SUPPORT, choices=choices, is_open=False)
        for subject in subjects
    )
    return subjects


def _open_cases(subjects: Sequence[Subject], into: Into, person: Person | None, moment: datetime) -> None:
    due = moderation_due(moment)
    released_by = into.origin if into.origin and into.origin.releases_own else None
    cases = Case.objects.bulk_create(
        Case(
            public_id=uuid.uuid4(),
            kind=Case.Kind.PROPOSAL,
            subject=subject,
            unit=into.unit,
            released_by_unit=released_by,
            opened_at=moment,
            due_at=due,
        )
        for subject in subjects
    )
    if person is not None:
        through = Case.barred.through
        through.objects.bulk_create(through(case_id=case.pk, person_id=person.pk) for case in cases)


def _update(proposal: Proposal, record: Record, into: Into, by: Person | Actor, outcome: Outcome) -> None:
    # Looked up in any case, so that a second run reports what the first one did.
    fields = sheet_fields(record, into, outcome)
    if proposal.import_digest == record.digest:
        outcome.unchanged += 1
        return
    if proposal.state not in {State.SUBMITTED, State.RETURNED}:
        words = _(
            "The proposal %(code)s was decided on meanwhile; its text is no longer changed by an import."
        )
        outcome.refused.append((record, words % {"code": proposal.code}))
        return
    before = {"title": proposal.title, "place": proposal.place}
    for name, value in fields.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=[name.removesuffix("_id") for name in SHEET_FIELDS])
    after = {"title": proposal.title, "place": proposal.place}
    audit.record(verbs.EDITED, by=actor_of(by), target=_target(proposal), before=before, after=after)
    outcome.updated += 1


def _stage(record: Record, root: Proposal, into: Into, outcome: Outcome) -> StageEntry:
    return StageEntry(
        proposal=root,
        source=record.source,
        label=record.stage_label[:80],
        layout=into.layout,
        number=record.number,
        parent_number=record.parent,
        digest=record.digest,
        executing_unit=executor_of(record, into, outcome),
        place=excerpt(record.place, PLACE_MAX),
        note=record.body,
        occurred_at=record.happened_at,
    )


def _keep_stage(
    entry: StageEntry, known: StageEntry | None, fresh: list[StageEntry], outcome: Outcome
) -> None:
    if known is None:
        fresh.append(entry)
        outcome.created += 1
    elif known.digest == entry.digest:
        outcome.unchanged += 1
    else:
        entry.pk = known.pk
        entry.save(force_update=True)
        outcome.updated += 1


def _target(proposal: Proposal) -> audit.Target:
    path = proposal.unit.path if proposal.unit else ""
    return audit.Target(kind="proposal", key=proposal.code or "", unit_id=proposal.unit_id, unit_path=path)
