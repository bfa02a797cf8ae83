"""Values of indicators that can be kept, and how the trail writes them."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid

FINEST = Decimal("0.0001")
LARGEST = Decimal("99999999999999.9999")


def checked_number(value: Decimal, field: str) -> Decimal:
    """A value that can be kept exactly: 14 digits before the comma, four after it.

    Raises:
        Invalid: for any other.
    """
    if not value.is_finite() or abs(value) > LARGEST or value != value.quantize(FINEST):
        raise refusal(field, _("Give a number, such as 1.250,5, with at most four digits after the comma."))
    return value


def text_of(value: object) -> str:
    """A value as revisions and the trail keep it; empty for an absent one."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def refusal(field: str, message: str) -> Invalid:
    """One fault at one field."""
    return Invalid(message, fields={field: [message]})
