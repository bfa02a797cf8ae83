"""Reference rows that every site needs: roles, reasons, holidays, kinds of phases, the site's own pages. Safe to run again."""

from django.db import transaction

from rembuk.access.seeds import seed_roles
from rembuk.programs.kinds.seeds import seed_phases
from rembuk.siteconfig.seeding import seed_pages
from rembuk.taxonomy.seeds import seed_reasons
from rembuk.workdays.actions import seed_holidays


@transaction.atomic
def seed_reference() -> None:
    """Make what is missing and leave alone what is there."""
    seed_roles()
    seed_reasons()
    seed_holidays()
    seed_pages()
    seed_phases()
