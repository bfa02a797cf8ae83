"""Which people: look-ups that other strata need."""

from collections.abc import Collection

from rembuk.accounts.models import Person
from rembuk.notifications.addressbook import Contact


def contacts(person_ids: Collection[int]) -> dict[int, Contact]:
    """Name, address and language of people who can still be written to, by id, in one query."""
    rows = Person.objects.filter(pk__in=person_ids, is_active=True, deleted_at=None).values_list(
        "pk", "name", "email", "language"
    )
    return {pk: Contact(person_id=pk, name=name, email=email or "", language=lang) for pk, name, email, lang in rows}
