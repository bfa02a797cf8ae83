"""Entering a proposal on behalf of somebody who came, wrote, called or spoke at a meeting.

Not here: many at once from a sheet (``importing``), and releasing (``moderate``): never by the person who
entered it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.clock import instant, local_date
from rembuk.common.errors import Invalid, Words, require
from rembuk.common.text import clean_line
from rembuk.files.models import StoredFile
from rembuk.proposals import rules, verbs
from rembuk.proposals.actions.publishing import open_support
from rembuk.proposals.actions.steps import Because, take_step
from rembuk.proposals.actions.submit import first_arrival, wait_for_moderation
from rembuk.proposals.choices import Channel, Source
from rembuk.proposals.content import Content, missing
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import SUBMIT
from rembuk.siteconfig.selectors import current
from rembuk.taxonomy.tree import settled
from rembuk.workunits.models import WorkUnit

# The same step as the author's own sending, under the name the trail has for it.
ENTER = replace(SUBMIT, verb=verbs.ENTERED.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an officer enters: the text, for whom, how and when it came, perhaps the scanned paper."""

    content: Content
    on_behalf_of: str
    source: Source
    channel: Channel
    received_on: date
    scan: StoredFile | None = None


@transaction.atomic
def enter_proposal(entry: Entry, *, unit: WorkUnit, by: Person, at: datetime | None = None) -> Proposal:
    """A proposal without an account behind it, waiting for moderation in ``unit``.

    Entries of a subdistrict or village wait for an approver of that very unit; elsewhere for its moderators.
    Whoever entered it may not release it.

    Raises:
        Denied: without the right to enter in that unit.
        Invalid: when something is missing, by field.
    """
    require(rules.may_enter(unit, by))
    moment = instant(at)
    proposal = Proposal(
        **{**entry.content.fields(), "category": settled(entry.content.category)},
        entered_by=by,
        origin_unit=unit,
        on_behalf_of=clean_line(entry.on_behalf_of)[:120],
        source=entry.source,
        channel=entry.channel,
        received_on=entry.received_on,
        scan=entry.scan,
        created_at=moment,
        changed_at=moment,
    )
    _check(proposal, local_date(at, current().tz))
    proposal.save()
    changes = first_arrival(proposal, unit, moment)
    take_step(proposal, ENTER, by=by, because=Because(office=unit), at=at, changes=changes)
    open_support(proposal)
    wait_for_moderation(proposal, at=moment)
    return proposal


def _check(proposal: Proposal, today: date) -> None:
    problems: dict[str, list[Words]] = missing(proposal)
    if not proposal.on_behalf_of:
        problems["on_behalf_of"] = [_("Write on whose behalf you enter this.")]
    if proposal.received_on is not None and proposal.received_on > today:
        problems["received_on"] = [_("This day has not come yet.")]
    if problems:
        raise Invalid(_("Some answers are still missing."), fields=problems)
