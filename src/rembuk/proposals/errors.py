"""Conditions of the proposals domain that people meet."""

from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import WrongState


class AlreadyDecided(WrongState):
    """Somebody else decided first; the message says who (the office) and when."""

    code = "already_decided"
    is_overtaken = True


class AppealUsed(WrongState):
    """A proposal may be appealed once."""

    code = "appeal_used"

    def __init__(self) -> None:
        super().__init__(_("This proposal has been appealed already. An appeal is possible once."))


class ObjectionUsed(WrongState):
    """An official answer may be objected to once."""

    code = "objection_used"

    def __init__(self) -> None:
        super().__init__(_("You have objected to this answer already. An objection is possible once."))


class ObjectionTooLate(WrongState):
    """The working days in which an answer may be objected to are over."""

    code = "objection_too_late"

    def __init__(self) -> None:
        super().__init__(_("The time for an objection to this answer is over."))
