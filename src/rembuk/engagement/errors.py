"""Conditions of ``engagement`` that people meet."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import WrongState


class BallotClosed(WrongState):
    """Voting is not open now: closed, not yet begun, or over."""

    code = "ballot_closed"

    def __init__(self) -> None:
        super().__init__(_("Voting is closed here. Your vote was not changed."))


class CommentsClosed(WrongState):
    """No comments are taken any more; what was said stays readable."""

    code = "comments_closed"

    def __init__(self) -> None:
        super().__init__(_("Comments are closed here. Your comment was not published."))


class ParentGone(WrongState):
    """The comment that somebody replies to is no longer shown."""

    code = "parent_gone"

    def __init__(self) -> None:
        super().__init__(_("The comment you reply to is no longer shown."))


class AlreadyReported(WrongState):
    """The same person reported this before and the report still waits."""

    code = "already_reported"

    def __init__(self) -> None:
        super().__init__(_("You have reported this already. A moderator will look at it."))


class AlreadyClaimed(WrongState):
    """A colleague has taken the case."""

    code = "already_claimed"
    is_overtaken = True

    def __init__(self, name: str, at: datetime) -> None:
        super().__init__(
            gettext("%(name)s took this case at %(moment)s.") % {"name": name, "moment": _moment(at)}
        )


class AlreadyDecided(WrongState):
    """A colleague was faster; the message says who and when."""

    code = "already_decided"
    is_overtaken = True

    def __init__(self, name: str, at: datetime) -> None:
        super().__init__(
            gettext("%(name)s decided this at %(moment)s. Nothing was changed by you.")
            % {"name": name or gettext("Somebody else"), "moment": _moment(at)}
        )


class DecidedByOneself(WrongState):
    """The person has decided this before, as from another page; the message says when."""

    code = "decided_by_oneself"

    def __init__(self, at: datetime) -> None:
        super().__init__(gettext("You decided this already, at %(moment)s.") % {"moment": _moment(at)})


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")
