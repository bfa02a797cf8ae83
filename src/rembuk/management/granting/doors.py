"""The way to a request: what lies outside one's reach looks absent (404)."""

from uuid import UUID

from rembuk.access.models import GrantRequest
from rembuk.accounts.models import Person
from rembuk.common.errors import NotVisible
from rembuk.management.granting.selectors import managed_requests


def request_for(public_id: UUID, by: Person) -> GrantRequest:
    """A request in the units in which ``by`` may give roles.

    Raises:
        NotVisible: when there is none, or it lies outside.
    """
    found = managed_requests(by).filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found
