"""What the database refuses about money, in words people can use: the last guard when two are at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid
from rembuk.common.money import SEN

LARGEST = Decimal("9999999999999999.99")
WITHIN_PAGU, DOCUMENT_ONCE = "realisation_within_pagu", "realisation_document_once"


@contextmanager
def database_limits(field: str) -> Iterator[None]:
    """Write inside a savepoint; what triggers and unique keys refuse becomes an ``Invalid`` at ``field``.

    Raises:
        Invalid: for more than the pagu, or a document number that stands already.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name == WITHIN_PAGU:
            raise refusal(field, _("More than the pagu would be spent. Revise the pagu first.")) from error
        if name == DOCUMENT_ONCE:
            raise refusal("document_number", document_words()) from error
        raise


def checked_amount(amount: Decimal, field: str) -> Decimal:
    """An amount of rupiah that can be kept.

    Raises:
        Invalid: for a negative one, parts of a sen, or more than 16 digits.
    """
    if amount < 0 or amount > LARGEST or amount != amount.quantize(SEN):
        raise refusal(field, _("Give an amount in rupiah, such as Rp1.500.000,00 or 1,5 M."))
    return amount


def document_words() -> str:
    """What is said of a document number that was entered before."""
    return _("This document number is entered already. Strike the other entry out first if it is wrong.")


def refusal(field: str, message: str) -> Invalid:
    """One fault at one field."""
    return Invalid(message, fields={field: [message]})
