"""What staff must say when they decide: which reason codes fit, and how much has to be explained.

Forms and actions ask here, so both mean the same: a reason with every negative step.
"""

from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid
from rembuk.common.text import clean_text
from rembuk.proposals.models import OfficialAnswer
from rembuk.taxonomy.models import ReasonCode

# The code that says nothing by itself, so the text has to.
OTHER = "lainnya"


def explanation(text: str, field: str = "explanation") -> str:
    """The cleaned reason of an official answer, a telaah or a change of disposition.

    Raises:
        Invalid: shorter than ``OfficialAnswer.MIN_REASON`` characters.
    """
    cleaned = clean_text(text)
    if len(cleaned) < OfficialAnswer.MIN_REASON:
        wording = _("Explain it in at least %(least)s characters.") % {"least": OfficialAnswer.MIN_REASON}
        raise Invalid(wording, fields={field: [wording]})
    return cleaned


def message(reason: ReasonCode, text: str, field: str = "message") -> str:
    """The cleaned message that goes with a reason code: never empty, and a real explanation with «lainnya».

    Raises:
        Invalid: when there is too little of it.
    """
    cleaned = clean_text(text)
    if reason.code == OTHER:
        return explanation(cleaned, field)
    if not cleaned:
        wording = _("Write to the author why.")
        raise Invalid(wording, fields={field: [wording]})
    return cleaned


def fitting(reason: ReasonCode, use: ReasonCode.Use) -> ReasonCode:
    """The reason itself, where it may be given for this use.

    Raises:
        Invalid: for a code that was switched off or is meant for something else.
    """
    if not reason.is_active or use not in reason.uses:
        wording = _("Choose a reason from the list.")
        raise Invalid(wording, fields={"reason": [wording]})
    return reason


def the_duplicate() -> ReasonCode | None:
    """The reason code of a duplicate, where the site has one."""
    return ReasonCode.objects.filter(is_active=True, uses__contains=[ReasonCode.Use.DUPLICATE]).first()
