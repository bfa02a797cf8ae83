"""Writing and sending: drafts, sending for the first time, sending again after improvement.

Not here: editing what was sent (``edit``), files (``attach``), what being public means (``publishing``).
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM, Actor
from rembuk.common.clock import instant, local_date
from rembuk.common.errors import Invalid, NotVisible, WrongState, require
from rembuk.common.text import excerpt, render_plain
from rembuk.engagement.actions.cases import open_case
from rembuk.engagement.actions.subjects import draw_codes, open_subject
from rembuk.engagement.models import Case, Subject
from rembuk.proposals import deadlines, rules, verbs
from rembuk.proposals.actions.publishing import make_public, open_support, subject_of
from rembuk.proposals.actions.steps import audit_target, check_step, lock, take_step
from rembuk.proposals.content import Content, missing
from rembuk.proposals.doors import may_continue_draft
from rembuk.proposals.models import Proposal
from rembuk.proposals.notices import authors
from rembuk.proposals.states import RESUBMIT, SUBMIT, SUBMIT_OPENLY, WITHDRAW, State
from rembuk.siteconfig.selectors import current
from rembuk.taxonomy.tree import settled
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import root

# A visitor who began to write, before there is an account.
VISITOR = Actor(label="visitor", channel="web")


@transaction.atomic
def save_draft(
    public_id: UUID,
    content: Content,
    *,
    by: Person | None,
    kept: Collection[str] = (),
    at: datetime | None = None,
) -> Proposal:
    """The draft with this id, begun if there is none, with its text as given; however incomplete.

    ``kept`` are the ids this browser holds; a signed-in person takes over what she began before.

    Raises:
        NotVisible: when it is somebody else's.
        WrongState: when it was sent already.
    """
    moment = instant(at)
    begun = {"author": by, "created_at": moment, "changed_at": moment}
    draft, is_new = Proposal.objects.get_or_create(public_id=public_id, defaults=begun)
    found = lock(draft)
    if not is_new and not may_continue_draft(found, by, kept):
        raise NotVisible
    if found.state != State.DRAFT:
        raise WrongState(_("This proposal was sent already. Open its page to change it."))
    values = {**content.fields(), "category": settled(content.category), "author": found.author or by}
    changed = [name for name, value in values.items() if getattr(found, name) != value]
    for name in changed:
        setattr(found, name, values[name])
    found.changed_at = moment
    found.save(update_fields=[*changed, "changed_at"])
    _note(found, by, {"fields": [name for name in changed if name != "author"]}, at)
    return found


@transaction.atomic
def adopt_drafts(public_ids: Collection[str], *, by: Person, at: datetime | None = None) -> int:
    """Give a person the drafts her browser began before she signed in or registered; returns how many."""
    rows = Proposal.objects.select_for_update().filter(
        author=None, code=None, state=State.DRAFT, public_id__in=list(public_ids)
    )
    for draft in rows:
        draft.author = by
        draft.save(update_fields=["author"])
        _note(draft, by, {"author": by.pk}, at)
    return len(rows)


@transaction.atomic
def submit_proposal(draft: Proposal, *, by: Person, at: datetime | None = None) -> Proposal:
    """Send a draft: code, subject, ballot, and a case for the moderators or at once to the public.

    Sending the same draft twice returns the proposal that was sent the first time.

    Raises:
        Denied: to anybody but the author.
        Invalid: when something is missing, by field.
        WrongState: when it was discarded.
    """
    found = lock(draft)
    require(rules.is_author(found, by))
    if found.submitted_at is not None:
        return found
    openly = current().proposal_moderation == "after"
    step = SUBMIT_OPENLY if openly else SUBMIT
    check_step(found, step)
    _require_complete(found)
    moment = instant(at)
    take_step(found, step, by=by, at=at, changes=first_arrival(found, receiving_unit(found), moment))
    open_support(found)
    if openly:
        make_public(found, moment)
        authors.proposal_published(found, moment)
    else:
        case = wait_for_moderation(found, at=moment)
        authors.proposal_submitted(found, case.due_at, moment)
    return found


@transaction.atomic
def resubmit_proposal(proposal: Proposal, *, by: Person, at: datetime | None = None) -> Proposal:
    """Send a returned proposal again; it waits for moderation with a fresh clock.

    Raises:
        Denied: to anybody but the author.
        Invalid: when something is missing.
        WrongState: unless it was returned.
    """
    found = lock(proposal)
    require(rules.is_author(found, by))
    check_step(found, RESUBMIT)
    _require_complete(found)
    moment = instant(at)
    take_step(found, RESUBMIT, by=by, at=at)
    case = wait_for_moderation(found, at=moment)
    authors.proposal_resubmitted(found, case.due_at, moment)
    return found


@transaction.atomic
def discard_draft(draft: Proposal, *, by: Person, at: datetime | None = None) -> None:
    """Take a draft away: it stays without a code and leaves the author's list.

    Raises:
        Denied: to anybody but the author.
        WrongState: when it was sent.
    """
    found = lock(draft)
    require(rules.is_author(found, by))
    if found.state != State.DRAFT:
        raise WrongState(_("This proposal was sent already. Withdraw it on its page."))
    take_step(found, WITHDRAW, by=by, at=at)


@transaction.atomic
def remove_stale_drafts(*, before: datetime, at: datetime | None = None) -> int:
    """Remove drafts nobody owns, and discarded ones, last changed before an instant; returns how many."""
    nobodys = Proposal.objects.filter(author=None, state=State.DRAFT)
    discarded = Proposal.objects.filter(state=State.WITHDRAWN)
    rows = (nobodys | discarded).filter(code=None, changed_at__lt=before)
    keys = list(rows.values_list("pk", flat=True)[:1000])
    Proposal.objects.filter(pk__in=keys).delete()
    if keys:
        target = audit.Target(kind="proposal", key="drafts")
        audit.record(verbs.DRAFTS_REMOVED, by=SYSTEM, target=target, after={"count": len(keys)}, at=at)
    return len(keys)


def first_arrival(proposal: Proposal, unit: WorkUnit, at: datetime) -> dict[str, object]:
    """What a proposal gets when it arrives: code, subject, unit, rendered text (changes of ``take_step``)."""
    (code,) = draw_codes("USL", local_date(at, current().tz).year)
    subject = open_subject(
        kind=Subject.Kind.PROPOSAL,
        code=code,
        title=proposal.title,
        path=f"/usulan/{code}/",
        unit=unit,
        author=proposal.author,
        at=at,
        hides_author=proposal.is_name_masked,
    )
    return {"code": code, "subject": subject, "unit": unit, "submitted_at": at, **rendered(proposal)}


def rendered(proposal: Proposal) -> dict[str, object]:
    """The stored HTML and excerpt of its text."""
    return {"html": render_plain(proposal.body), "excerpt": excerpt(proposal.body)}


def wait_for_moderation(
    proposal: Proposal,
    *,
    at: datetime,
    kind: Case.Kind = Case.Kind.PROPOSAL,
    barred: Collection[Person | None] = (),
) -> Case:
    """Open the case in the moderators' queue, with its clock; author and who entered it may not decide.

    Raises:
        WrongState: for a proposal that never arrived.
    """
    origin = proposal.origin_unit
    return open_case(
        kind,
        subject_of(proposal),
        due_at=deadlines.moderation_due(at),
        at=at,
        unit=proposal.unit,
        released_by_unit=origin if origin is not None and origin.releases_own else None,
        barred=[proposal.author, proposal.entered_by, *barred],
    )


def receiving_unit(proposal: Proposal) -> WorkUnit:
    """The unit a proposal lies with first: that of its category, else the one asked for, else the instansi.

    Raises:
        Invalid: on a site without any work unit.
    """
    wanted = (proposal.category.default_unit if proposal.category else None, proposal.target_unit)
    unit = next((unit for unit in wanted if unit is not None and unit.is_active), None) or root()
    if unit is None:
        raise Invalid(_("This site takes no proposals yet: no work unit has been entered."))
    return unit


def _require_complete(proposal: Proposal) -> None:
    if problems := missing(proposal):
        raise Invalid(_("Some answers are still missing."), fields=problems)


def _note(draft: Proposal, by: Person | None, after: dict[str, object], at: datetime | None) -> None:
    actor = VISITOR if by is None else actor_of(by)
    audit.record(verbs.DRAFT_SAVED, by=actor, target=audit_target(draft), after=after, at=at)
