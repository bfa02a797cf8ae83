"""Conditions of the consultations domain that people meet."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import Invalid, Words, WrongState


class NotOpenYet(WrongState):
    """The consultation has not opened; the message names the instant."""

    code = "not_open_yet"


class Closed(WrongState):
    """The consultation has closed; the message names the instant. Nothing was stored."""

    code = "closed"


class AlreadyDecided(WrongState):
    """Somebody else was faster; the message says who (the office) and when."""

    code = "already_decided"
    is_overtaken = True


class SettingsFixed(WrongState):
    """Settings that stand fast since the opening, or a schedule that was announced; ``names`` are the columns."""

    code = "settings_fixed"

    def __init__(self, message: Words, names: Sequence[str]) -> None:
        super().__init__(message)
        self.names = list(names)


class NotReady(Invalid):
    """It can't be announced while something is missing; the message names everything."""

    code = "not_ready"


class QuestionsFixed(WrongState):
    """It has opened, so the set of questions and their order stand fast."""

    code = "questions_fixed"

    def __init__(self) -> None:
        super().__init__(
            _("The consultation has opened, so questions can't be added, removed or moved any more.")
        )


class RowsOpen(WrongState):
    """It can't be concluded while rows are not published or the result is not published."""

    code = "rows_open"


class QuestionLocked(WrongState):
    """It has opened, so only a visible correction of the wording is possible."""

    code = "question_locked"

    def __init__(self) -> None:
        super().__init__(
            _("The consultation has opened. You can only correct the wording of a question, visibly.")
        )


class VersionFixed(WrongState):
    """A published version of the text can't be changed."""

    code = "version_fixed"

    def __init__(self) -> None:
        super().__init__(_("This version is published and can't be changed any more. Begin a new version."))


class ObjectionUsed(WrongState):
    """An author may object once."""

    code = "objection_used"

    def __init__(self) -> None:
        super().__init__(_("You have objected already. An objection is possible once."))


class ObjectionTooLate(WrongState):
    """The days in which an author may object are over."""

    code = "objection_too_late"

    def __init__(self) -> None:
        super().__init__(_("The time for an objection to this answer is over."))


class TextChanged(WrongState):
    """A version of the text was published while somebody wrote; she sees the differences before it is sent."""

    code = "text_changed"

    def __init__(self) -> None:
        super().__init__(
            _(
                "A new version of the text was published while you were writing. What you wrote is kept. "
                "Look at what changed in the clauses you commented on, then send it."
            )
        )
