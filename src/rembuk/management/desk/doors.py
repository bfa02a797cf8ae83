"""The way to an account that a desk opened: outside of one's reach it looks absent (404)."""

from typing import Any
from uuid import UUID

from rembuk.accounts.models import Person
from rembuk.common.errors import NotVisible
from rembuk.management.desk import selectors


def account_for(public_id: UUID, by: Person) -> Any:
    """An account of ``selectors.accounts`` by the public id of its person.

    Raises:
        NotVisible: when there is none, it was opened elsewhere, or it is deleted.
    """
    found = selectors.accounts(by).filter(person__public_id=public_id, person__deleted_at=None).first()
    if found is None:
        raise NotVisible
    return found
