"""Acts of staff on one thing: the form each asks for, when it is offered, and one way to carry it out.

A page lists its acts; each is a folded form that posts to an address of its own. What was typed is kept, faults
of the form and refusals of the action look the same (422). Which acts there are: ``web.moderation`` and
``web.proposals.desk``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid, WrongState
from rembuk.taxonomy import selectors as taxonomy
from rembuk.taxonomy.models import ReasonCode, TextTemplate
from rembuk.web import errors
from rembuk.web.answers import see_other
from rembuk.web.desk.forms import StaffForm

# Name of the button that only fills in a text template.
FILL = "fill"


class ActForm(StaffForm):
    """What an act asks. ``thing`` is what it is done to, ``by`` the person who does it."""

    template_required = False

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        self.thing: Any = kwargs.pop("thing")
        self.by: Person = kwargs.pop("by")
        super().__init__(data, files, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices from the thing and the person."""

    def filled(self) -> "ActForm":
        """The same form, unchecked, with what was typed."""
        initial = {name: self.data.get(name, "") for name in self.fields}
        return type(self)(thing=self.thing, by=self.by, auto_id=self.auto_id, initial=initial)


class ReasonForm(ActForm):
    """A reason code and words to go with it, which a template may begin."""

    use: ClassVar[ReasonCode.Use]
    text_field: ClassVar[str] = "message"

    reason = forms.ModelChoiceField(
        ReasonCode.objects.none(), label=_("Reason"), to_field_name="code", empty_label=_("Choose a reason")
    )
    template = forms.ModelChoiceField(
        TextTemplate.objects.none(), label=_("Text template"), required=False, empty_label=_("None")
    )
    message = forms.CharField(
        label=_("Message"), max_length=5000, widget=forms.Textarea({"rows": 6}), required=False
    )

    def prepare(self) -> None:
        self.field("reason").queryset = taxonomy.reasons(self.use)
        self.field("template").queryset = taxonomy.templates(self.use)

    def filled(self) -> "ActForm":
        """What was typed, with the chosen template's text after it."""
        form = super().filled()
        number = str(form.initial.get("template", ""))
        chosen = form.field("template").queryset.filter(pk=int(number)) if number.isdecimal() else ()
        for found in chosen:
            typed = str(form.initial.get(self.text_field, "")).strip()
            form.initial[self.text_field] = f"{typed}\n\n{found.body}" if typed else found.body
        return form


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act: its words, its form, whether it is offered now, and what it does; returns the flash message."""

    name: str
    title: Promise
    button: Promise
    form: type[ActForm]
    is_open: Callable[[Any, Person], bool]
    perform: Callable[[Any, Any, Person], str]
    intro: Promise | str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """An act as the page shows it."""

    act: Act
    form: ActForm
    url: str
    is_unfolded: bool

    @property
    def has_templates(self) -> bool:
        """Whether the form offers text templates."""
        return "template" in self.form.fields and self.form.field("template").queryset.exists()


def form_of(
    act: Act,
    thing: Any,
    by: Person,
    request: HttpRequest | None = None,
    initial: Mapping[str, str] | None = None,
) -> ActForm:
    """The form of an act, bound to a request's input where there is one; ``initial`` is what an address proposes."""
    bound = (request.POST, request.FILES) if request is not None else ()
    return act.form(*bound, thing=thing, by=by, auto_id=f"{act.name}_%s", initial=initial)


def panels(
    acts: Sequence[Act], thing: Any, by: Person, url_of: Callable[[Act], str], shown: Panel | None = None
) -> list[Panel]:
    """The acts that are offered now, as folded forms; ``shown`` is the one that was just sent."""
    found = []
    for act in acts:
        if shown is not None and shown.act is act:
            found.append(shown)
        elif act.is_open(thing, by):
            found.append(Panel(act, form_of(act, thing, by), url_of(act), is_unfolded=False))
    return found


def carry_out(
    request: HttpRequest, act: Act, thing: Any, *, by: Person, then: str, keeps: bool = False
) -> HttpResponse | tuple[ActForm, int]:
    """Do what was sent and lead on to ``then``; else the form to show again, with its status.

    Whoever was slower is told on a page of its own, with the way back; with ``keeps`` on the form, nothing typed lost.
    """
    form = form_of(act, thing, by, request)
    if FILL in request.POST:
        return form.filled(), 200
    if not form.is_valid():
        return form, 422
    try:
        return see_other(request, then, act.perform(thing, form, by))
    except Invalid as fault:
        form.show(fault)
        return form, 422
    except WrongState as refusal:
        if not keeps or not form.fields:
            return errors.refused(request, refusal, then)
        form.add_error(None, str(refusal))
        return form, 409
