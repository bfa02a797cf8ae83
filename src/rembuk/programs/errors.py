"""Conditions of the programmes domain that people meet."""

from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import WrongState


class AlreadyMoved(WrongState):
    """Somebody else moved it first; the message says which office and when."""

    code = "already_moved"
    is_overtaken = True


class NotLinkable(WrongState):
    """Proposals can't be taken into a programme from their present states; the message names their codes."""

    code = "not_linkable"


class RoundClosed(WrongState):
    """The round takes no ratings now: closed, over, or the programme is cancelled."""

    code = "round_closed"

    def __init__(self) -> None:
        super().__init__(_("This rating is closed. Your answers were not changed."))


class NotAsked(WrongState):
    """People are not asked of this milestone now: not called done, the weeks are over, or it was reopened."""

    code = "not_asked"

    def __init__(self) -> None:
        super().__init__(_("Answers are not taken here any more. Yours was not changed."))
