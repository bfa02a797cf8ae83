"""The kinds of notices about proposals for citizens, with their sentences. Who gets them: ``authors``.

Receipts and decisions on one's own proposal can't be switched off; news of it and of others can.
"""

from django.utils.translation import gettext_lazy as _

from rembuk.notifications.kinds import FOLLOWED, OWN, Kind, register
from rembuk.notifications.models import Frequency

SUBMITTED = Kind(
    key="proposal.submitted",
    label=_("Your proposal was received"),
    subject=_("%(code)s received: %(title)s"),
    body=_(
        "We have received your proposal “%(title)s” under the number %(code)s. A moderator reads it "
        "by %(due)s and you are told what was decided. Keep the number; it finds your proposal on "
        "the site."
    ),
    category=OWN,
    is_optional=False,
)
RESUBMITTED = Kind(
    key="proposal.resubmitted",
    label=_("Your improved proposal was received"),
    subject=_("%(code)s received again: %(title)s"),
    body=_("We have received your improved proposal “%(title)s”. A moderator reads it by %(due)s."),
    category=OWN,
    is_optional=False,
)
PUBLISHED = Kind(
    key="proposal.published",
    label=_("Your proposal was published"),
    subject=_("%(code)s is published: %(title)s"),
    body=_(
        "Everybody can now read, support and discuss your proposal “%(title)s”. Share its address "
        "with your neighbours. You are told when a work unit assesses it and when the official "
        "answer is given."
    ),
    category=OWN,
)
RETURNED = Kind(
    key="proposal.returned",
    label=_("Your proposal needs improvement"),
    subject=_("%(code)s needs improvement: %(title)s"),
    body=_(
        "A moderator asks you to improve your proposal “%(title)s” before it can be published:\n\n"
        "%(message)s\n\n"
        "Open its page, change the text and send it again."
    ),
    category=OWN,
    is_optional=False,
)
REJECTED = Kind(
    key="proposal.rejected",
    label=_("Your proposal was not published"),
    subject=_("%(code)s was not published: %(title)s"),
    body=_(
        "Your proposal “%(title)s” was not published. Reason: %(reason)s.\n\n"
        "%(message)s\n\n"
        "If you disagree you may appeal once on its page. A second person then decides."
    ),
    category=OWN,
    is_optional=False,
)
MARKED_DUPLICATE = Kind(
    key="proposal.marked_duplicate",
    label=_("Your proposal repeats another one"),
    subject=_("%(code)s was joined to %(kept)s"),
    body=_(
        "Your proposal “%(title)s” asks for the same as %(kept)s, “%(kept_title)s”. Both texts stay "
        "readable. Votes are not moved: please support the proposal that is kept."
    ),
    category=OWN,
    is_optional=False,
)
MARKED_DUPLICATE_FOLLOWED = Kind(
    key="proposal.marked_duplicate_followed",
    label=_("A proposal you support or follow repeats another one"),
    subject=_("%(code)s was joined to %(kept)s"),
    body=_(
        "The proposal “%(title)s” asks for the same as %(kept)s, “%(kept_title)s”. Votes are not "
        "moved: if you want it, please support the proposal that is kept."
    ),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
DUPLICATE_UNDONE = Kind(
    key="proposal.duplicate_undone",
    label=_("Your proposal stands by itself again"),
    subject=_("%(code)s stands by itself again: %(title)s"),
    body=_(
        "Your proposal “%(title)s” had been marked as a duplicate by mistake. It is published by "
        "itself again."
    ),
    category=OWN,
    is_optional=False,
)
DUPLICATE_UNDONE_FOLLOWED = Kind(
    key="proposal.duplicate_undone_followed",
    label=_("A proposal you support or follow stands by itself again"),
    subject=_("%(code)s stands by itself again: %(title)s"),
    body=_(
        "The proposal “%(title)s” had been marked as a duplicate by mistake. It is published by itself again."
    ),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
HIDDEN = Kind(
    key="proposal.hidden",
    label=_("Your proposal was hidden"),
    subject=_("%(code)s was hidden: %(title)s"),
    body=_(
        "Your proposal “%(title)s” was hidden from the public. Reason: %(reason)s.\n\n"
        "%(message)s\n\n"
        "You can still read it on its page."
    ),
    category=OWN,
    is_optional=False,
)
HIDDEN_FOLLOWED = Kind(
    key="proposal.hidden_followed",
    label=_("A proposal you support or follow was hidden"),
    subject=_("%(code)s was hidden"),
    body=_("The proposal %(code)s was hidden from the public. Reason: %(reason)s.\n\n%(message)s"),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
SHOWN_AGAIN = Kind(
    key="proposal.shown_again",
    label=_("Your proposal can be read again"),
    subject=_("%(code)s can be read again: %(title)s"),
    body=_("Your proposal “%(title)s” is no longer hidden. Everybody can read it again."),
    category=OWN,
    is_optional=False,
)
SHOWN_AGAIN_FOLLOWED = Kind(
    key="proposal.shown_again_followed",
    label=_("A proposal you support or follow can be read again"),
    subject=_("%(code)s can be read again: %(title)s"),
    body=_("The proposal “%(title)s” is no longer hidden. Everybody can read it again."),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
REFERRED = Kind(
    key="proposal.referred",
    label=_("Your proposal was handed to work units"),
    subject=_("%(code)s is under review: %(title)s"),
    body=_(
        "Your proposal “%(title)s” was handed to: %(offices)s. They record what they find, then the "
        "unit in charge gives the official answer."
    ),
    category=OWN,
)
REFERRED_FOLLOWED = Kind(
    key="proposal.referred_followed",
    label=_("A proposal you support or follow is under review"),
    subject=_("%(code)s is under review: %(title)s"),
    body=_("The proposal “%(title)s” was handed to: %(offices)s."),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
ASSESSED = Kind(
    key="proposal.assessed",
    label=_("A work unit assessed your proposal"),
    subject=_("%(code)s was assessed by %(office)s"),
    body=_(
        "%(office)s recorded its assessment of your proposal “%(title)s”: %(verdict)s. The "
        "explanation stands on the proposal's page."
    ),
    category=OWN,
)
ANSWERED = Kind(
    key="proposal.answered",
    label=_("Your proposal has an official answer"),
    subject=_("Official answer to %(code)s: %(decision)s"),
    body=_(
        "%(office)s has answered your proposal “%(title)s”: %(decision)s.\n\n"
        "%(reason)s\n\n"
        "If the answer is that it is not continued, you may object once on its page. A second "
        "person then decides."
    ),
    category=OWN,
    is_optional=False,
)
ANSWERED_FOLLOWED = Kind(
    key="proposal.answered_followed",
    label=_("A proposal you support or follow has an official answer"),
    subject=_("Official answer to %(code)s: %(decision)s"),
    body=_("%(office)s has answered the proposal “%(title)s”: %(decision)s.\n\n%(reason)s"),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
RESUMED = Kind(
    key="proposal.resumed",
    label=_("Your deferred proposal is taken up again"),
    subject=_("%(code)s is under review again: %(title)s"),
    body=_("Your proposal “%(title)s”, which had been kept for later, is under review again."),
    category=OWN,
)
RESUMED_FOLLOWED = Kind(
    key="proposal.resumed_followed",
    label=_("A proposal you support or follow is under review again"),
    subject=_("%(code)s is under review again: %(title)s"),
    body=_("The proposal “%(title)s” is under review again."),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
NEW_VERSION = Kind(
    key="proposal.new_version",
    label=_("A proposal you support or follow was changed"),
    subject=_("%(code)s was changed: %(title)s"),
    body=_(
        "The author changed the proposal “%(title)s” to version %(version)s. Reason: %(reason)s\n\n"
        "Your support was given to an earlier version. Its page shows the differences; you may "
        "change or withdraw your support."
    ),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
WITHDRAWN = Kind(
    key="proposal.withdrawn",
    label=_("You withdrew your proposal"),
    subject=_("%(code)s was withdrawn: %(title)s"),
    body=_("You have withdrawn your proposal “%(title)s”. Thank you for taking part."),
    category=OWN,
    is_optional=False,
)
WITHDRAWN_FOLLOWED = Kind(
    key="proposal.withdrawn_followed",
    label=_("A proposal you support or follow was withdrawn"),
    subject=_("%(code)s was withdrawn: %(title)s"),
    body=_("The author has withdrawn the proposal “%(title)s”.\n\n%(message)s"),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
APPEALED = Kind(
    key="proposal.appealed",
    label=_("Your appeal was received"),
    subject=_("Appeal received: %(code)s"),
    body=_(
        "We have received your appeal for the proposal “%(title)s”. Somebody who did not decide "
        "before decides by %(due)s."
    ),
    category=OWN,
    is_optional=False,
)
OBJECTED = Kind(
    key="proposal.objected",
    label=_("Your objection was received"),
    subject=_("Objection received: %(code)s"),
    body=_(
        "We have received your objection to the official answer on your proposal “%(title)s”. "
        "Somebody who did not give the first answer decides by %(due)s."
    ),
    category=OWN,
    is_optional=False,
)

register(
    SUBMITTED,
    RESUBMITTED,
    PUBLISHED,
    RETURNED,
    REJECTED,
    MARKED_DUPLICATE,
    MARKED_DUPLICATE_FOLLOWED,
    DUPLICATE_UNDONE,
    DUPLICATE_UNDONE_FOLLOWED,
    HIDDEN,
    HIDDEN_FOLLOWED,
    SHOWN_AGAIN,
    SHOWN_AGAIN_FOLLOWED,
    REFERRED,
    REFERRED_FOLLOWED,
    ASSESSED,
    ANSWERED,
    ANSWERED_FOLLOWED,
    RESUMED,
    RESUMED_FOLLOWED,
    NEW_VERSION,
    WITHDRAWN,
    WITHDRAWN_FOLLOWED,
    APPEALED,
    OBJECTED,
)
