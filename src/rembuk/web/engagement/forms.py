"""Forms for votes, comments, reports, and a moderator's hiding of a comment."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.common.text import clean_text
from rembuk.siteconfig.selectors import current
from rembuk.taxonomy.models import ReasonCode
from rembuk.taxonomy.selectors import reasons
from rembuk.workunits.models import WorkUnit

LATEST_VERSION = 100_000


class PlainText(forms.CharField):
    """Text as it will be stored: cleaned before its length is judged, as the counter on the page does."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """The cleaned text."""
        return clean_text(super().to_python(value) or "")


class ReasonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """A reason code as radio buttons, in the reader's language; the form gives the rows of its use."""

    def __init__(self, **kwargs: Any) -> None:
        no_rows = ReasonCode.objects.none()
        super().__init__(no_rows, empty_label=None, to_field_name="code", widget=forms.RadioSelect, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """The sentence of the reason."""
        return str(obj.shown_label)


class VoteForm(forms.Form):
    """A value and the version of the text it is given to; which values a ballot takes, the action knows."""

    value = forms.IntegerField(min_value=-100, max_value=100)
    version = forms.IntegerField(min_value=1, max_value=LATEST_VERSION, required=False)


class FollowForm(forms.Form):
    """1 to follow, 0 to stop."""

    value = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=int)


class CommentForm(forms.Form):
    """A comment or reply; ``office`` only for staff who may reply with a badge here."""

    body = PlainText()
    office = forms.TypedChoiceField(label=_("Reply as"), required=False, empty_value=None)

    def __init__(self, *args: Any, offices: list[WorkUnit], is_reply: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "tulis-%s")
        super().__init__(*args, **kwargs)
        body = PlainText(
            label=_("Your reply") if is_reply else _("Your comment"),
            max_length=current().max_comment_length,
            widget=forms.Textarea({"rows": 4}),
        )
        self.fields["body"] = body
        if not offices:
            del self.fields["office"]
            return
        by_code = {unit.code: unit for unit in offices}
        office = cast(forms.TypedChoiceField, self.fields["office"])
        office.choices = [("", _("Myself, without a badge")), *((u.code, u.name) for u in offices)]
        office.coerce = by_code.__getitem__


class ReportForm(forms.Form):
    """Why content is reported."""

    reason = ReasonField(label=_("What is wrong with it?"))
    note = PlainText(
        label=_("What should the moderator know?"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = reasons(ReasonCode.Use.REPORT)  # type: ignore[attr-defined]


class HideForm(forms.Form):
    """Why a comment is hidden; everybody can read it."""

    reason = ReasonField(label=_("Reason"))
    explanation = PlainText(
        label=_("Explanation"),
        help_text=_("Its author and everybody else can read it."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = reasons(ReasonCode.Use.HIDE)  # type: ignore[attr-defined]
