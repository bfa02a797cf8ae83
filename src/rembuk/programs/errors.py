"""Conditions of the programmes domain that people meet."""

from rembuk.common.errors import WrongState


class AlreadyMoved(WrongState):
    """Somebody else moved it first; the message says which office and when."""

    code = "already_moved"
    is_overtaken = True


class NotLinkable(WrongState):
    """Proposals can't be taken into a programme from their present states; the message names their codes."""

    code = "not_linkable"
