"""Making, editing and copying a consultation: its words and settings. Nobody is told here; announcing is ``schedule``.

Documents and programmes: ``attach``; questions: ``ask``; the text in clauses: ``actions.text``.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, require
from rembuk.common.text import clean_line, clean_text, render_staff
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.clockwork import moment_of
from rembuk.consultations.actions.indexing import refresh_search
from rembuk.consultations.actions.making import changes
from rembuk.consultations.actions.making.attach import Belongings, give
from rembuk.consultations.actions.making.changes import Contents, Invited
from rembuk.consultations.actions.steps import deed, lock, record
from rembuk.consultations.choices import Audience
from rembuk.consultations.models import Consultation, InvitedOrganisation, ReceiptSeries
from rembuk.consultations.notices import invitations
from rembuk.engagement.actions.subjects import draw_codes, open_subject
from rembuk.engagement.models import Subject
from rembuk.taxonomy.tree import settled

MOST_INVITED = 200


@transaction.atomic
def create_consultation(
    contents: Contents,
    *,
    by: Person,
    belongings: Belongings | None = None,
    at: datetime | None = None,
) -> Consultation:
    """A draft that only staff see, with its first document and programme where there are. The code is drawn now and stays.

    Writes the consultation, its subject and series of receipts, the invited organisations and one audit entry, and one
    each for document and programme.

    Raises:
        Denied: without the right in the unit.
        Invalid: for a closing before the opening, an address that is none, or named twice.
    """
    require(rules.may_create(contents.unit, by))
    moment = instant(at)
    made = _create(_checked(contents), by, moment, verb=verbs.CREATED)
    if belongings is not None:
        give(made, belongings, by=by, at=moment)
    return made


@transaction.atomic
def edit_consultation(
    consultation: Consultation, contents: Contents, *, by: Person, at: datetime | None = None
) -> Consultation:
    """New words and settings. What is fixed, and since when, is in ``changes``.

    A new unit needs the right there too. Once it is announced, a change stands in the public history. Whoever
    edits what is handed over takes that back. Organisations named after the announcement are told of it. Writes
    named fields and one audit entry; nothing when nothing changed.

    Raises:
        Denied: without the right in the old and the new unit.
        SettingsFixed: for settings after the opening, or an announced schedule; the message names them.
        WrongState: for a concluded or cancelled one.
        Invalid: as on creation, and where an announced one would lose what it must have.
    """
    found = lock(consultation)
    require(rules.may_edit(found, by))
    require(rules.may_create(contents.unit, by))
    act = deed(found, izin.CONSULTATION_EDIT, by=by, moment=moment_of(at))
    made = _checked(contents)
    before = changes.contents_of(found)
    names = changes.differing(before, made)
    changes.refuse_fixed(found, names, made, act.moment)
    if names:
        changes.write(found, _columns(made), names, act)
        _invite(found, made.invited)
        changes.refuse_lack(found, act.moment)
        invitations.invite(found, act.moment)
        record(
            found,
            verbs.EDITED,
            act,
            before=changes.facts(before, names),
            after=changes.facts(made, names),
        )
        refresh_search(found)
    return found


@transaction.atomic
def copy_consultation(
    source: Consultation,
    *,
    by: Person,
    title: str = "",
    is_next: bool = False,
    at: datetime | None = None,
) -> Consultation:
    """A new draft with the words, settings, newest published text and questions of an old one; no dates, no submissions.

    Documents are not copied: each belongs to one consultation. ``is_next`` links it to the old one as the next
    consultation on the same matter. The text becomes a version in work.

    Raises:
        Denied: without the right in its unit.
    """
    require(rules.may_create(source.unit, by))
    moment = instant(at)
    taken = replace(
        changes.contents_of(source),
        title=title or source.title,
        opens_at=None,
        closes_at=None,
        previous=source if is_next else None,
    )
    made = _create(_checked(taken), by, moment, verb=verbs.COPIED, source=source.code)
    changes.copy_questions(source, made)
    changes.copy_text(source, made, by, moment)
    return made


def _create(contents: Contents, by: Person, moment: datetime, *, verb: Any, source: str = "") -> Consultation:
    (code,) = draw_codes("UJP", moment.astimezone(contents.tz).year)
    subject = open_subject(
        kind=Subject.Kind.CONSULTATION,
        code=code,
        title=clean_line(contents.title),
        path=f"/uji-publik/{code}/",
        unit=contents.unit,
        author=None,
        at=moment,
    )
    made = Consultation.objects.create(
        code=code,
        subject=subject,
        created_by=by,
        created_at=moment,
        changed_at=moment,
        **_columns(contents),
    )
    ReceiptSeries.objects.create(consultation=made)
    _invite(made, contents.invited)
    after = {"title": made.title, "kind": made.kind, "unit": made.unit.code}
    act = deed(made, izin.CONSULTATION_EDIT, by=by, moment=moment)
    record(made, verb, act, after={**after, "source": source} if source else after)
    refresh_search(made)
    return made


def _checked(contents: Contents) -> Contents:
    """The contents cleaned.

    Raises:
        Invalid: naming the fields that can't stand.
    """
    wrong: dict[str, list[str]] = {}
    if not clean_line(contents.title):
        wrong["title"] = [_("Give it a title.")]
    opens_at, closes_at = contents.opens_at, contents.closes_at
    if opens_at and closes_at and closes_at <= opens_at:
        wrong["closes_at"] = [_("It can't close before it opens.")]
    invited, refusal = _invited(contents.invited)
    if refusal:
        wrong["invited"] = [refusal]
    if wrong:
        raise Invalid(_("The consultation can't be saved like this."), fields=wrong)
    named = invited if contents.audience == Audience.ORGANISATIONS else ()
    title, category = clean_line(contents.title), settled(contents.category)
    return replace(contents, title=title, category=category, invited=named)


def _invited(rows: Sequence[Invited]) -> tuple[tuple[Invited, ...], str]:
    """Cleaned organisations in order of name, and what is wrong with them."""
    cleaned = [Invited(clean_line(row.name)[:120], row.email.strip().lower()) for row in rows]
    for row in cleaned:
        try:
            validate_email(row.email)
        except ValidationError:
            return (), _("“%(text)s” is no email address.") % {"text": row.email}
        if not row.name:
            return (), _("Name the organisation of %(email)s.") % {"email": row.email}
    addresses = [row.email for row in cleaned]
    twice = next((email for email in addresses if addresses.count(email) > 1), "")
    if twice:
        return (), _("%(email)s is named twice.") % {"email": twice}
    if len(cleaned) > MOST_INVITED:
        return (), _("At most %(most)s organisations can be named.") % {"most": MOST_INVITED}
    return tuple(sorted(cleaned, key=lambda row: (row.name, row.email))), ""


def _columns(contents: Contents) -> dict[str, Any]:
    """The contents as columns, with the rendered description."""
    body = clean_text(contents.body)
    plain = {name: getattr(contents, name) for name in changes.COLUMNS}
    texts = {
        "title": clean_line(contents.title),
        "summary": clean_text(contents.summary),
        "contact": clean_line(contents.contact),
        "body": body,
        "html": render_staff(body),
    }
    return {**plain, **texts}


def _invite(consultation: Consultation, invited: Sequence[Invited]) -> None:
    """Write the named organisations; those that stay keep when they were told."""
    consultation.invited.exclude(email__in=[row.email for row in invited]).delete()
    InvitedOrganisation.objects.bulk_create(
        (InvitedOrganisation(consultation=consultation, name=row.name, email=row.email) for row in invited),
        update_conflicts=True,
        unique_fields=["consultation", "email"],
        update_fields=["name"],
    )
