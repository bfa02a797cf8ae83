"""Telling how it goes: updates with pictures, and documents, open or excluded."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line, clean_text, render_staff
from rembuk.files.models import StoredFile
from rembuk.programs import notices, rules, verbs
from rembuk.programs.actions.steps import Deed, add_event, checked_reason, deed, lock, record
from rembuk.programs.choices import DocumentClass, Moment
from rembuk.programs.models import Document, Phase, Program, Update, UpdatePicture
from rembuk.programs.states import PUBLIC, State

MAX_PICTURES = 6


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture, the words that stand for it where it can't be seen, and whether it shows before or after."""

    file: StoredFile
    alternative: str
    moment: str = ""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A stored file with its title and its class after UU 14/2008."""

    file: StoredFile
    title: str
    access_class: str = DocumentClass.OPEN


@transaction.atomic
def post_update(  # noqa: PLR0913
    phase: Phase,
    *,
    title: str,
    body: str,
    pictures: Sequence[Picture] = (),
    documents: Sequence[NewDocument] = (),
    by: Person,
    at: datetime | None = None,
) -> Update:
    """News of a public programme in one of its phases; ``body`` is staff Markdown. Followers are told once.

    Raises:
        Denied: without the right.
        Invalid: without words, for a picture without words, a document without title, or more than ``MAX_PICTURES``.
        WrongState: for a draft or a cancelled programme.
    """
    program = lock(phase.program)
    require(rules.may_report(program, by))
    if program.state not in PUBLIC - {State.CANCELLED}:
        raise WrongState(_("News can be posted about published work programmes that are not cancelled."))
    _refuse_wordless(title, body, pictures)
    for document in documents:
        _refuse_untitled(document)
    act = deed(program, izin.PROGRAM_REPORT, by=by, moment=instant(at))
    update = Update.objects.create(
        public_id=uuid.uuid4(),
        program=program,
        phase=phase,
        title=clean_line(title),
        body=clean_text(body),
        html=render_staff(body),
        by=by,
        office=act.office,
        at=act.moment,
    )
    for position, picture in enumerate(pictures):
        UpdatePicture.objects.create(
            update=update,
            file=picture.file,
            alternative=clean_line(picture.alternative),
            moment=picture.moment,
            position=position,
        )
    record(program, verbs.UPDATE_POSTED, act, after={"title": update.title, "pictures": len(pictures)})
    for document in documents:
        _make_document(program, document, act, phase=phase, update=update)
    event = add_event(program, "update", act, phase=phase)
    notices.update_posted(program, event, update.title)
    return update


@transaction.atomic
def add_document(  # noqa: PLR0913
    program: Program,
    *,
    title: str,
    file: StoredFile,
    access_class: str = DocumentClass.OPEN,
    phase: Phase | None = None,
    by: Person,
    at: datetime | None = None,
) -> Document:
    """A document of a programme; an excluded one (UU 14/2008) is reached by staff alone and leaves no public
    trace.

    Raises:
        Denied: without the right.
        Invalid: without a title, or for a class that does not exist.
        WrongState: for a cancelled programme.
    """
    found = lock(program)
    require(rules.may_report(found, by))
    if found.state == State.CANCELLED:
        raise WrongState(_("The work programme is cancelled. No more documents can be added."))
    new = NewDocument(file, title, access_class)
    _refuse_untitled(new)
    act = deed(found, izin.PROGRAM_REPORT, by=by, moment=instant(at))
    return _make_document(found, new, act, phase=phase)


@transaction.atomic
def remove_document(document: Document, *, reason: str, by: Person, at: datetime | None = None) -> Document:
    """Take a document from the page; the trail keeps that it was there and why it went.

    Raises:
        Denied: without the right.
        Invalid: without a reason.
        WrongState: when it was removed before.
    """
    program = lock(document.program)
    require(rules.may_report(program, by))
    found = Document.objects.select_for_update().get(pk=document.pk)
    if found.removed_at is not None:
        raise WrongState(_("This document was removed already."))
    act = deed(program, izin.PROGRAM_REPORT, by=by, moment=instant(at), reason=checked_reason(reason))
    found.removed_at = act.moment
    found.save(update_fields=["removed_at"])
    record(
        program,
        verbs.DOCUMENT_REMOVED,
        act,
        before={"document": str(found.public_id), "class": found.access_class},
    )
    return found


def _make_document(
    program: Program, new: NewDocument, act: Deed, *, phase: Phase | None, update: Update | None = None
) -> Document:
    document = Document.objects.create(
        public_id=uuid.uuid4(),
        program=program,
        phase=phase,
        update=update,
        title=clean_line(new.title),
        file=new.file,
        access_class=new.access_class,
        by=act.by,
        at=act.moment,
    )
    facts = {"document": str(document.public_id), "class": new.access_class}
    record(program, verbs.DOCUMENT_ADDED, act, after=facts)
    return document


def _refuse_untitled(new: NewDocument) -> None:
    if not clean_line(new.title) or new.access_class not in DocumentClass.values:
        message = _("Give the document a title.")
        raise Invalid(message, fields={"title": [message]})


def _refuse_wordless(title: str, body: str, pictures: Sequence[Picture]) -> None:
    wrong: dict[str, list[str]] = {}
    if not clean_line(title):
        wrong["title"] = [_("Give the news a title.")]
    if not clean_text(body):
        wrong["body"] = [_("Say what happened.")]
    if len(pictures) > MAX_PICTURES:
        wrong["pictures"] = [_("At most %(most)s pictures fit one update.") % {"most": MAX_PICTURES}]
    if any(picture.moment not in {"", *Moment.values} for picture in pictures):
        wrong["pictures"] = [_("A picture shows a place before or after the work, or neither.")]
    if any(not clean_line(picture.alternative) for picture in pictures):
        wrong["pictures"] = [_("Describe every picture for people who can't see it.")]
    if wrong:
        raise Invalid(_("The news can't be posted like this."), fields=wrong)
