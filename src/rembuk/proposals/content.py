"""What an author writes: the fields of a proposal, and what is missing before it can be sent.

The form and the action ask here, so both mean the same. Not here: reading what was typed (web forms) and
saving it (``actions.submit``, ``actions.edit``).
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rembuk.common.errors import Words
from rembuk.common.text import clean_line, clean_text
from rembuk.proposals.choices import ParticipantKind
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Region
from rembuk.taxonomy.models import Category
from rembuk.workunits.models import WorkUnit

TITLE_LENGTH = (10, 150)
BODY_LENGTH = (30, 10_000)
PLACE_LENGTH = 300
MOST_RUPIAH = 10**15
# Own words of an author who withdraws, appeals or objects.
OWN_WORDS_LENGTH = (20, 2_000)

# Indonesian mobile and landline numbers, and the 16 digits of a NIK or family card.
_PHONE = re.compile(r"(?<![\d.])(?:\+?62|0)[\s.-]?[2-9]\d{1,3}(?:[\s.)-]{0,2}\d{3,4}){2,3}(?!\d)")
_SIXTEEN = re.compile(r"(?<!\d)\d{4}(?:[\s.-]?\d{4}){3}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text of a proposal and what is folded below it; all of it optional in a draft."""

    title: str = ""
    body: str = ""
    category: Category | None = None
    region: Region | None = None
    place: str = ""
    target_unit: WorkUnit | None = None
    estimate: int | None = None
    beneficiaries: str = ""
    participant_kind: str = ParticipantKind.PERSON
    participant_name: str = ""
    planning_year: int | None = None
    is_name_masked: bool = False

    def fields(self) -> dict[str, object]:
        """The model's fields with cleaned texts."""
        is_person = self.participant_kind == ParticipantKind.PERSON
        return {
            "title": clean_line(self.title),
            "body": clean_text(self.body),
            "category": self.category,
            "region": self.region,
            "place": clean_line(self.place),
            "target_unit": self.target_unit,
            "estimate": self.estimate,
            "beneficiaries": clean_line(self.beneficiaries),
            "participant_kind": self.participant_kind,
            "participant_name": "" if is_person else clean_line(self.participant_name),
            "planning_year": self.planning_year,
            "is_name_masked": self.is_name_masked,
        }


def missing(proposal: Proposal, *, stands_in: int | None = None) -> dict[str, list[Words]]:
    """What must be mended before the proposal can be sent, by field; empty when it is complete.

    One that is public already may stay in its category ``stands_in`` though that was retired meanwhile.
    """
    problems: dict[str, list[Words]] = {}
    if text := _length(proposal.title, TITLE_LENGTH):
        problems["title"] = [text]
    if text := _length(proposal.body, BODY_LENGTH):
        problems["body"] = [text]
    if proposal.category is None:
        problems["category"] = [_("Choose the category that fits best.")]
    elif not proposal.category.is_active and proposal.category.pk != stands_in:
        problems["category"] = [_("This category is no longer in use. Choose another one.")]
    if proposal.region is None and not proposal.place:
        problems["region"] = [_("Say where: search for the village or urban village and choose it.")]
    if proposal.participant_kind != ParticipantKind.PERSON and not proposal.participant_name:
        problems["participant_name"] = [_("Give the name of the group or organisation.")]
    return problems


def _length(text: str, limits: tuple[int, int]) -> Words | None:
    least, most = limits
    if len(text) < least:
        return ngettext_lazy("Write at least %(n)d character.", "Write at least %(n)d characters.", least) % {
            "n": least
        }
    if len(text) > most:
        return ngettext_lazy("Write at most %(n)d character.", "Write at most %(n)d characters.", most) % {
            "n": most
        }
    return None


def personal_numbers(text: str) -> bool:
    """Whether a text seems to hold a telephone number or a person's 16-digit number; only ever a hint."""
    return _SIXTEEN.search(text) is not None or _PHONE.search(text) is not None
