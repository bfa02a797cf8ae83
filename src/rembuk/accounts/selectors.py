"""Which people: look-ups that other strata need."""

from collections.abc import Collection

from rembuk.accounts.models import Person
from rembuk.notifications.addressbook import Contact, Sender
from rembuk.siteconfig.selectors import current


def contacts(person_ids: Collection[int]) -> dict[int, Contact]:
    """Name, address and language of people who can still be written to, by id, in one query."""
    rows = Person.objects.filter(pk__in=person_ids, is_active=True, deleted_at=None).values_list(
        "pk", "name", "email", "language"
    )
    return {pk: Contact(person_id=pk, name=name, email=email or "", language=lang) for pk, name, email, lang in rows}


def sender() -> Sender:
    """Who writes the mails: the instansi's name, contact and limit of mails per hour."""
    site = current()
    return Sender(site_name=site.site_name, mails_per_hour=site.mails_per_hour, contact_email=site.contact_email)
