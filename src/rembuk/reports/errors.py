"""Conditions of reports that people meet."""

from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import WrongState


class ChangedMeanwhile(WrongState):
    """Somebody else saved the report after this person opened it."""

    code = "changed_meanwhile"

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else changed this report while you were writing. Nothing of yours is saved yet.")
        )


class AlreadyPublished(WrongState):
    """The report is public; its words and figures stay as they are."""

    code = "already_published"

    def __init__(self) -> None:
        super().__init__(_("This report is published. Its words and figures no longer change."))


class ChangedSinceRead(ChangedMeanwhile):
    """Somebody changed the report after this person decided to publish it."""

    def __init__(self) -> None:
        WrongState.__init__(
            self,
            _("Somebody changed this report after you opened it. It is not published: read it again first."),
        )
