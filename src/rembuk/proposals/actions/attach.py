"""Files of a proposal: each travels alone, so that one that fails never costs the text."""

from datetime import datetime
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.errors import Invalid, NotVisible, WrongState, require
from rembuk.files.actions import remove_file, store_upload
from rembuk.proposals import rules, verbs
from rembuk.proposals.actions.steps import audit_target, lock
from rembuk.proposals.actions.submit import VISITOR
from rembuk.proposals.models import Attachment, Proposal
from rembuk.proposals.states import EDITABLE_BY_AUTHOR, State

PURPOSE = "proposal"


@transaction.atomic
def add_attachment(
    proposal: Proposal, file: "File[bytes]", *, by: Person | None, at: datetime | None = None
) -> Attachment:
    """Check a file, store it and put it after the others, at most five.

    ``by`` is ``None`` for a visitor's draft, which the caller has fetched through the door.

    Raises:
        Denied: to anybody but the author.
        Invalid: for a file that is refused, or one too many.
        WrongState: once the text stands fast.
    """
    found = _changeable(proposal, by)
    held = found.attachments.aggregate(last=Max("position"))["last"]
    if found.attachments.count() >= Attachment.LIMIT:
        raise Invalid(_("A proposal takes at most %(n)s files.") % {"n": Attachment.LIMIT})
    actor = VISITOR if by is None else actor_of(by)
    stored = store_upload(file, by=actor, purpose=PURPOSE, at=at)
    position = 0 if held is None else held + 1
    attachment = Attachment.objects.create(proposal=found, file=stored, position=position)
    after = {"file": str(stored.public_id), "sha256": stored.sha256}
    audit.record(verbs.ATTACHMENT_ADDED, by=actor, target=audit_target(found), after=after, at=at)
    return attachment


@transaction.atomic
def remove_attachment(
    proposal: Proposal, file_id: UUID, *, by: Person | None, at: datetime | None = None
) -> None:
    """Take a file off a proposal and out of the storage.

    Raises:
        Denied: to anybody but the author.
        NotVisible: when the proposal has no such file.
        WrongState: once the text stands fast.
    """
    found = _changeable(proposal, by)
    attachment = found.attachments.select_related("file").filter(file__public_id=file_id).first()
    if attachment is None:
        raise NotVisible
    actor = VISITOR if by is None else actor_of(by)
    stored = attachment.file
    attachment.delete()
    remove_file(stored, by=actor, reason="author", at=at)
    before = {"file": str(stored.public_id), "sha256": stored.sha256}
    audit.record(verbs.ATTACHMENT_REMOVED, by=actor, target=audit_target(found), before=before, at=at)


def _changeable(proposal: Proposal, by: Person | None) -> Proposal:
    found = lock(proposal)
    if by is not None and found.author_id is not None:
        require(rules.is_author(found, by))
    if found.state not in EDITABLE_BY_AUTHOR or (by is None and found.state != State.DRAFT):
        raise WrongState(_("Files can't be changed now: the proposal is “%s”.") % State(found.state).label)
    return found
