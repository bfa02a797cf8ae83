"""A receipt typed where one searches leads to the page of its submission, where this reader finds one there."""

from django.urls import reverse

from rembuk.access.rights import Somebody
from rembuk.common.codes import read_receipt
from rembuk.common.errors import NotVisible
from rembuk.consultations import doors


def page_of_receipt(text: str, reader: Somebody) -> str:
    """The address of the submission's page or stub; empty for other texts, and where its page is not open to the reader."""
    receipt = read_receipt(text)
    if receipt is None:
        return ""
    try:
        consultation = doors.for_reader(str(receipt.of), reader)
        found = doors.submission_for_reader(consultation, receipt.number, reader)
    except NotVisible:
        return ""
    return reverse("consultations:submission", args=[consultation.code, found.number])
