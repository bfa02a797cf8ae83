"""Saying whether a milestone is finished ("Apakah ini sudah selesai?"), beside what the office claims.

Nothing here touches the milestone: its state and the progress computed of it are the office's alone.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, require
from rembuk.common.text import clean_text
from rembuk.engagement.actions.subjects import open_subject, place_subjects, show_subject
from rembuk.engagement.models import Subject
from rembuk.files.models import StoredFile
from rembuk.programs import rules, verbs
from rembuk.programs.choices import Finished
from rembuk.programs.errors import NotAsked
from rembuk.programs.evaluation.witnesses import ASKED_FOR, ASKING
from rembuk.programs.models import Milestone, Program, Witness

LONGEST_REMARK = 1000

# A share lock: whoever reopens the milestone waits for it, other people who answer do not.
_GATE = """
    SELECT milestone.claims
    FROM programs_milestone AS milestone JOIN programs_program AS program ON program.id = milestone.program_id
    WHERE milestone.id = %(milestone)s AND milestone.state = 'done' AND program.state = ANY(%(states)s)
      AND milestone.claimed_at <= coalesce(%(at)s::timestamptz, clock_timestamp())
      AND milestone.claimed_at + %(lasts)s > coalesce(%(at)s::timestamptz, clock_timestamp())
    FOR SHARE OF milestone
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Yes, partly or not yet; if she wants a remark and a picture. ``claim`` is the one the form was about."""

    value: str
    claim: int
    remark: str = ""
    picture: StoredFile | None = None


@transaction.atomic
def bear_witness(milestone: Milestone, answer: Answer, *, by: Person, at: datetime | None = None) -> Witness:
    """Answer, or change the answer, once per claim and while people are asked. The same again writes nothing.

    Writes the answer, its subject (so that it can be reported) and an audit entry without what was said.

    Raises:
        Denied: to suspended people, without a confirmed address, and to those who carry the programme out.
        Invalid: for an answer that is not among the choices, or a remark over 1000 characters.
        NotAsked: when the milestone is not called done, the time to answer is over, or it was reopened meanwhile.
    """
    require(rules.may_speak(milestone.program, by))
    remark = clean_text(answer.remark)
    _check(answer.value, remark)
    if _gate(milestone, at) != answer.claim:
        raise NotAsked
    moment = instant(at)
    fields: dict[str, object] = {"value": answer.value, "remark": remark, "picture": answer.picture}
    found, is_new = _own(milestone, answer.claim, fields, by, moment)
    changed = {name: value for name, value in fields.items() if getattr(found, name) != value}
    if not is_new and not changed:
        return found
    if changed:
        for name, value in {**changed, "changed_at": moment}.items():
            setattr(found, name, value)
        found.save(update_fields=[*changed, "changed_at"])
    _record(milestone, by, at)
    return found


def move_witnesses(program: Program) -> None:
    """Let what was said of the programme's milestones lie with its unit, whose moderators look after it."""
    place_subjects(Subject.objects.filter(witness__milestone__program=program), unit=program.unit)


def _gate(milestone: Milestone, at: datetime | None) -> int | None:
    """The claim people are asked about now, which stays so until the transaction ends; ``None`` when they are not."""
    values: dict[str, Any] = {
        "milestone": milestone.pk,
        "states": [str(state) for state in ASKING],
        "lasts": ASKED_FOR,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_GATE, values)
        row = cursor.fetchone()
    return row[0] if row else None


def _own(
    milestone: Milestone, claim: int, fields: dict[str, object], by: Person, moment: datetime
) -> tuple[Witness, bool]:
    """Her answer to this claim, locked, made now if there is none; two at once leave one."""
    mine = Witness.objects.select_for_update().filter(milestone=milestone, claim=claim, person=by)
    if (found := mine.first()) is not None:
        return found, False
    try:
        with transaction.atomic():
            subject = _subject(milestone, by, moment)
            made = Witness.objects.create(
                milestone=milestone, claim=claim, person=by, subject=subject, at=moment, **fields
            )
            return made, True
    except IntegrityError:
        return mine.get(), False


def _subject(milestone: Milestone, by: Person, moment: datetime) -> Subject:
    """The owned row that reports hang on; titled once for queues, so in the official language."""
    program = milestone.program
    with override(settings.LANGUAGE_CODE):
        title = _("What %(name)s says of “%(title)s”") % {"name": by.shown_name, "title": milestone.title}
    subject = open_subject(
        kind=Subject.Kind.WITNESS,
        code=f"{program.code}-{uuid.uuid4().hex[:12]}",
        title=title,
        path=f"/program/{program.code}/tonggak/{milestone.public_id}/",
        unit=program.unit,
        author=by,
        at=moment,
    )
    show_subject(subject, visible=True, comments_open=False)
    return subject


def _record(milestone: Milestone, by: Person, at: datetime | None) -> None:
    unit = milestone.program.unit
    target = audit.Target("milestone", str(milestone.public_id), unit.pk, unit.path)
    audit.record(verbs.WITNESSED, by=acting(by), target=target, at=at)


def _check(value: str, remark: str) -> None:
    wrong: dict[str, list[str]] = {}
    if value not in Finished.values:
        wrong["value"] = [_("Please choose an answer.")]
    if len(remark) > LONGEST_REMARK:
        wrong["remark"] = [_("A remark may have at most %(most)s characters.") % {"most": LONGEST_REMARK}]
    if wrong:
        raise Invalid(_("The answer can't be taken like this."), fields=wrong)
