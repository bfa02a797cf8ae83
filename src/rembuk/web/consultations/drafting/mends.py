"""What a sent form of the mending page asks for, as one act on the version in work; and where it leads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.consultations.actions import text as acts
from rembuk.consultations.drafts import mending
from rembuk.consultations.drafts.parts import Part
from rembuk.consultations.models import DraftVersion
from rembuk.web.consultations.drafting.forms import PartForm

type Mend = Callable[[Sequence[Part]], list[Part]]

OF_ONE = frozenset({"edit", "split"})


@dataclass(frozen=True, slots=True)
class Sent:
    """A sent form: which act, on which part, with which form for one part, and everything else that was sent."""

    step: str
    part: int
    form: PartForm | None
    data: QueryDict

    @property
    def is_typed_right(self) -> bool:
        """Whether the form for one part, if the act needs it, is filled in right."""
        return self.form is None or self.form.is_valid()


def sent_by(data: QueryDict) -> Sent:
    """What was sent."""
    step = data.get("step", "")
    return Sent(step, index_of(data.get("part", "")), PartForm(data) if step in OF_ONE else None, data)


def carry_out(version: DraftVersion, sent: Sent, *, by: Person) -> tuple[str, str]:
    """Do what was asked for; returns the name of the page it leads to and what is said there.

    Raises:
        Invalid: when it can't be done.
        DomainError: as the actions say.
    """
    stamp = sent.data.get("stamp", "")
    if sent.step == "keep":
        acts.keep_text(version, stamp=stamp, by=by)
        return "text", _("The text is kept. Look at what changes, then publish it.")
    if sent.step == "stop":
        acts.stop_mending(version, by=by)
        return "text", _("The parts are as they were kept last.")
    one = sent.form
    act = mend_of_one(sent.step, sent.part, one) if one else mend_of_many(sent.step, sent.data)
    acts.mend_text(version, act, stamp=stamp, by=by)
    return "text_mend", _("Mended.")


def index_of(text: str) -> int:
    """A part's index as a form or address gives it; -1 for nonsense."""
    return int(text) if text.isdecimal() and len(text) < 6 else -1


def mend_of_one(step: str, index: int, form: PartForm) -> Mend:
    """Save one part as it was typed, or cut it."""
    part = form.part
    if step == "split":
        return lambda parts: mending.split(mending.edited(parts, index, part), index, part.body)
    return lambda parts: mending.edited(parts, index, part)


def mend_of_many(step: str, data: QueryDict) -> Mend:
    """One act on the chosen parts.

    Raises:
        Invalid: for an unknown act, or when none is chosen.
    """
    chosen = sorted({index_of(text) for text in data.getlist("selected")})
    acts: dict[str, Mend] = {
        "join": lambda parts: mending.joined_up(parts, chosen),
        "deeper": lambda parts: mending.shifted(parts, chosen, 1),
        "higher": lambda parts: mending.shifted(parts, chosen, -1),
        "remove": lambda parts: mending.removed(parts, chosen, with_below=False),
        "remove_below": lambda parts: mending.removed(parts, chosen, with_below=True),
        "kind": lambda parts: mending.of_kind(parts, chosen, data.get("kind", "")),
    }
    if step not in acts:
        raise Invalid(_("This act does not exist."))
    if not chosen:
        raise Invalid(_("Choose at least one part."))
    return acts[step]
