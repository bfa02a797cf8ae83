"""When answers and decisions are due: working days of the category, else of the instansi."""

from datetime import datetime

from rembuk.proposals.models import Proposal
from rembuk.siteconfig.selectors import current
from rembuk.workdays.clock import Remaining, add_working_days, remaining


def answer_due(proposal: Proposal, moment: datetime) -> datetime:
    """The end of the time for telaah and official answer that begins at ``moment``."""
    site = current()
    days = proposal.category.answer_days if proposal.category else None
    return add_working_days(moment, days or site.answer_days, site.tz)


def moderation_due(moment: datetime) -> datetime:
    """The end of the time for moderation that begins at ``moment``."""
    site = current()
    return add_working_days(moment, site.moderation_days, site.tz)


def objection_due(moment: datetime) -> datetime:
    """The end of the time for a second person's decision on an objection."""
    site = current()
    return add_working_days(moment, site.objection_days, site.tz)


def left(due: datetime, moment: datetime) -> Remaining:
    """What is left until a deadline in the office's zone."""
    return remaining(due, moment, current().tz)


def days_left(due: datetime | None, moment: datetime) -> int | None:
    """Working days left as ``clock_tag`` shows them: negative when late, 0 today, None without a clock."""
    if due is None:
        return None
    rest = left(due, moment)
    return -max(1, rest.days) if rest.overdue else rest.days
