"""What a question says and how it is answered, as staff write it: cleaned, and refused where it can't stand."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid
from rembuk.common.text import clean_line, clean_text
from rembuk.consultations.choices import QuestionKind

MOST_PAGES, MOST_OPTIONS = 20, 30
LONGEST_OPTION, LONGEST_HELP = 200, 1_000
SCALE_ENDS = range(11)
WITH_OPTIONS = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a question says and how it is answered; ``options`` are the labels in order."""

    kind: str
    text: str
    help: str = ""
    is_required: bool = False
    page: int = 1
    options: tuple[str, ...] = ()
    has_other: bool = False
    scale_from: int = 1
    scale_to: int = 5
    scale_from_label: str = ""
    scale_to_label: str = ""


def checked(wording: Wording) -> Wording:
    """The wording cleaned; what its kind has no use for is dropped.

    Raises:
        Invalid: naming the fields that can't stand.
    """
    has_options = wording.kind in WITH_OPTIONS
    options = tuple(filter(None, (clean_line(label) for label in wording.options))) if has_options else ()
    said = replace(
        wording,
        text=clean_line(wording.text),
        help=clean_text(wording.help),
        options=options,
        has_other=wording.has_other and has_options,
        scale_from_label=clean_line(wording.scale_from_label),
        scale_to_label=clean_line(wording.scale_to_label),
    )
    if said.kind != QuestionKind.SCALE:
        said = replace(said, scale_from=1, scale_to=5, scale_from_label="", scale_to_label="")
    wrong = {name: [text] for name, text in _faults(said, has_options=has_options) if text}
    if wrong:
        raise Invalid(_("The question can't be saved like this."), fields=wrong)
    return said


def _faults(said: Wording, *, has_options: bool) -> list[tuple[str, str]]:
    found = [
        ("kind", "" if said.kind in QuestionKind.values else _("Choose how it is answered.")),
        ("text", "" if said.text else _("Write the question.")),
        ("page", "" if 1 <= said.page <= MOST_PAGES else _("Pages are numbered from 1 to 20.")),
        ("help", "" if len(said.help) <= LONGEST_HELP else _("The help is too long.")),
    ]
    if has_options:
        found.append(("options", _option_fault(said.options)))
    ends_stand = {said.scale_from, said.scale_to} <= set(SCALE_ENDS) and said.scale_from < said.scale_to
    found.append(
        ("scale_to", "" if ends_stand else _("A scale runs upwards, from 0 at least to 10 at most."))
    )
    return found


def _option_fault(options: tuple[str, ...]) -> str:
    if len(options) < 2:
        return _("Write at least two options, each on a line of its own.")
    if len(options) > MOST_OPTIONS:
        return _("At most %(most)s options fit a question.") % {"most": MOST_OPTIONS}
    if len({label.casefold() for label in options}) < len(options):
        return _("Two options are the same.")
    if any(len(label) > LONGEST_OPTION for label in options):
        return _("An option is longer than %(most)s characters.") % {"most": LONGEST_OPTION}
    return ""


def columns_of(said: Wording) -> dict[str, Any]:
    """The wording as columns of a question, but for its options, which get values first."""
    return {name: value for name, value in asdict(said).items() if name != "options"}
