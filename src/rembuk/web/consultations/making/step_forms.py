"""What is asked before a step of a consultation: the question, what it brings about, and the form."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.consultations.choices import Tie
from rembuk.consultations.models import Consultation
from rembuk.web.consultations.making.fields import LocalMomentField

type Words = tuple[Promise, Promise, Promise, str]

# Question, what happens, word on the button, tone. ``%(title)s`` is the consultation.
STEPS: dict[str, Words] = {
    "announce": (
        _("Announce “%(title)s”?"),
        _(
            "Everybody can read it from now on, followers are told, and it opens and closes by itself. The schedule then "
            "changes only by an extension or a cancellation; the settings are fixed when it opens."
        ),
        _("Announce"),
        "",
    ),
    "ready": (
        _("Hand “%(title)s” over?"),
        _("Those who may announce it are told. If you change it afterwards, you hand it over again."),
        _("Hand it over"),
        "",
    ),
    "send_back": (
        _("Send “%(title)s” back?"),
        _("Whoever handed it over is told and reads your note. The public does not."),
        _("Send back"),
        "",
    ),
    "extend": (
        _("Extend “%(title)s”?"),
        _(
            "Followers and all who have answered or begun to are told. The deadline for the answers moves along."
        ),
        _("Extend"),
        "",
    ),
    "cancel": (
        _("Cancel “%(title)s” for good?"),
        _(
            "This can't be taken back. An announced consultation keeps its page, which says that it was cancelled and why; "
            "followers and all who have answered or begun to are told."
        ),
        _("Cancel the consultation"),
        "bad",
    ),
}


class ReasonForm(forms.Form):
    """The public reason of a step."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Public, at least 20 characters."),
    )


class ExtendForm(ReasonForm):
    """A later closing in the consultation's own zone, and why."""

    closes_at = LocalMomentField(label=_("New closing"))
    field_order = ("closes_at", "reason")

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        self.zone = consultation.tz
        if consultation.closes_at is not None:
            present = consultation.closes_at.astimezone(self.zone).replace(tzinfo=None)
            kwargs.setdefault("initial", {"closes_at": present})
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].help_text = _("Time zone: %(zone)s") % {"zone": consultation.zone}

    def clean_closes_at(self) -> datetime:
        """The instant in the consultation's zone."""
        typed: datetime = self.cleaned_data["closes_at"]
        return typed.replace(tzinfo=self.zone)


class NoteForm(forms.Form):
    """What should be changed, for a colleague."""

    note = forms.CharField(
        label=_("What should be changed?"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )


class CopyForm(forms.Form):
    """How the copy is called, and whether it carries this one on."""

    title = forms.CharField(label=_("Title of the copy"), min_length=10, max_length=200)
    is_next = forms.BooleanField(
        label=_("It is the next consultation on the same matter: both pages link to each other"),
        required=False,
    )


class DocumentForm(forms.Form):
    """A document to read, with its title."""

    title = forms.CharField(label=_("Title of the document"), max_length=200)
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, JPEG, PNG or WebP, at most 10 MB."), required=False
    )


class TieForm(forms.Form):
    """A programme by its code, and how it belongs here."""

    program = forms.CharField(
        label=_("Code of the work programme"), max_length=20, help_text=_("Such as PRG-2026-0012.")
    )
    kind = forms.ChoiceField(
        label=_("How does it belong here?"), choices=Tie.choices, widget=forms.RadioSelect
    )


def step_form(name: str, consultation: Consultation, data: Any) -> forms.Form | None:
    """The form of a step; ``None`` where nothing is asked."""
    if name == "extend":
        return ExtendForm(data, consultation=consultation)
    made: dict[str, type[forms.Form]] = {"cancel": ReasonForm, "send_back": NoteForm}
    return made[name](data) if name in made else None


def step_question(name: str, consultation: Consultation, form: forms.Form | None) -> dict[str, Any]:
    """For ``components/confirm.html``."""
    title, text, label, tone = STEPS[name]
    return {
        "title": title % {"title": consultation.title},
        "text": text,
        "label": label,
        "tone": tone,
        "form": form,
        "action_url": reverse(f"desk_consultations:{name}", args=[consultation.code]),
        "cancel_url": reverse("desk_consultations:detail", args=[consultation.code]),
    }
