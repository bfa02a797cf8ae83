"""What belongs to a consultation: its documents, and the programmes it is about or led to."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, NotVisible, WrongState, require
from rembuk.common.text import clean_line
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.making.changes import refuse_lack, take_back
from rembuk.consultations.actions.steps import Deed, add_event, checked_reason, deed, lock, record
from rembuk.consultations.choices import Tie
from rembuk.consultations.models import Consultation, ConsultationFile, ProgramTie
from rembuk.consultations.states import State
from rembuk.files.actions import remove_file as remove_stored
from rembuk.files.models import StoredFile
from rembuk.programs.models import Phase, Program
from rembuk.programs.states import PUBLIC as PUBLIC_PROGRAMS

PURPOSE = "consultation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What a new consultation begins with: a stored document with its title, and the programme it is about."""

    file: StoredFile | None = None
    file_title: str = ""
    program: Program | None = None
    phase: Phase | None = None


def give(consultation: Consultation, belongings: Belongings, *, by: Person, at: datetime) -> None:
    """Put the belongings to a consultation; raises what ``add_file`` and ``tie_program`` do."""
    if belongings.file is not None:
        title = belongings.file_title or belongings.file.name.rpartition(".")[0]
        add_file(consultation, title=title, file=belongings.file, by=by, at=at)
    if belongings.program is not None:
        tie_program(consultation, belongings.program, kind=Tie.ABOUT, phase=belongings.phase, by=by, at=at)


@transaction.atomic
def add_file(
    consultation: Consultation, *, title: str, file: StoredFile, by: Person, at: datetime | None = None
) -> ConsultationFile:
    """Put a stored upload after the other documents. Once announced, it stands in the public history.

    Raises:
        Denied: without the right.
        Invalid: without a title, or one too many.
        WrongState: for a concluded or cancelled consultation.
    """
    found, act = _begin(consultation, by, at)
    named = clean_line(title)[:200]
    if not named:
        message = _("Give the document a title.")
        raise Invalid(message, fields={"title": [message]})
    if found.files.count() >= ConsultationFile.LIMIT:
        message = _("At most %(most)s documents belong to a consultation.") % {"most": ConsultationFile.LIMIT}
        raise Invalid(message, fields={"file": [message]})
    last = found.files.aggregate(last=Max("position"))["last"]
    added = ConsultationFile.objects.create(
        consultation=found,
        title=named,
        file=file,
        position=0 if last is None else last + 1,
        added_at=act.moment,
    )
    record(found, verbs.FILE_ADDED, act, after={"file": str(file.public_id), "sha256": file.sha256})
    _tell_history(found, "file_added", act, title=named)
    return added


@transaction.atomic
def remove_file(
    document: ConsultationFile, *, by: Person, reason: str = "", at: datetime | None = None
) -> None:
    """Take a document away, with its bytes. Once announced that needs a public reason, and stands in the history.

    Raises:
        Denied: without the right.
        Invalid: without a reason where one is needed, or for the last thing there is to read.
        NotVisible: when somebody removed it a moment ago.
        WrongState: for a concluded or cancelled consultation.
    """
    found, act = _begin(document.consultation, by, at, reason=reason)
    standing = found.files.select_related("file").filter(pk=document.pk).first()
    if standing is None:
        raise NotVisible
    stored, title = standing.file, standing.title
    standing.delete()
    refuse_lack(found, act.moment)
    remove_stored(stored, by=actor_of(by), reason="consultation", at=at)
    record(found, verbs.FILE_REMOVED, act, before={"file": str(stored.public_id), "sha256": stored.sha256})
    _tell_history(found, "file_removed", act, title=title)


@transaction.atomic
def tie_program(
    consultation: Consultation,
    program: Program,
    *,
    kind: str,
    by: Person,
    phase: Phase | None = None,
    at: datetime | None = None,
) -> ProgramTie:
    """Join a programme: ``kind`` says whether the consultation is about it or led to it. Both pages link to each other.

    ``phase`` is the phase of the programme that the consultation belongs to. The caller's door has found the programme.

    Raises:
        Denied: without the right in the consultation's unit.
        Invalid: for a phase of another programme, or joined already.
        WrongState: for a cancelled consultation.
    """
    found, act = _begin(consultation, by, at, closed=frozenset({State.CANCELLED}))
    if kind not in Tie.values or (phase is not None and phase.program_id != program.pk):
        raise Invalid(_("Choose a phase of this work programme."))
    if found.ties.filter(program=program, kind=kind).exists():
        message = _("This work programme is joined already.")
        raise Invalid(message, fields={"program": [message]})
    made = ProgramTie.objects.create(
        consultation=found, program=program, phase=phase, kind=kind, added_at=act.moment
    )
    record(found, verbs.TIED, act, after={"program": program.code, "kind": kind})
    if program.state in PUBLIC_PROGRAMS:
        _tell_history(found, "program_tied", act, program=program.code, tie=kind)
    return made


@transaction.atomic
def untie_program(tie: ProgramTie, *, by: Person, at: datetime | None = None) -> None:
    """Part a programme from a consultation.

    Raises:
        Denied: without the right in the consultation's unit.
        NotVisible: when somebody parted it a moment ago.
        WrongState: for a cancelled consultation.
    """
    found, act = _begin(tie.consultation, by, at, closed=frozenset({State.CANCELLED}))
    standing = found.ties.select_related("program").filter(pk=tie.pk).first()
    if standing is None:
        raise NotVisible
    program, kind = standing.program, standing.kind
    standing.delete()
    record(found, verbs.UNTIED, act, before={"program": program.code, "kind": kind})
    if program.state in PUBLIC_PROGRAMS:
        _tell_history(found, "program_untied", act, program=program.code, tie=kind)


_OVER = frozenset({State.CONCLUDED, State.CANCELLED})


def _begin(
    consultation: Consultation,
    by: Person,
    at: datetime | None,
    *,
    reason: str | None = None,
    closed: frozenset[State] = _OVER,
) -> tuple[Consultation, Deed]:
    """The locked consultation, taken back, and the act; ``reason`` not ``None`` needs a public one once announced."""
    found = lock(consultation)
    require(rules.may_edit(found, by))
    if found.state in closed:
        state = State(found.state).label
        raise WrongState(
            _("This can't be edited any more: the consultation is “%(state)s”.") % {"state": state}
        )
    said = reason or ""
    if reason is not None and found.announced_at is not None:
        said = checked_reason(reason)
    take_back(found)
    return found, deed(found, izin.CONSULTATION_EDIT, by=by, moment=instant(at), reason=said)


def _tell_history(consultation: Consultation, name: str, act: Deed, **facts: str) -> None:
    if consultation.announced_at is not None:
        add_event(consultation, name, act, facts=dict(facts))
