"""Money and indicators on the desk page of a programme: the figures at a glance, and the ways to their pages."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from rembuk.accounts.models import Person
from rembuk.programs.models import Program
from rembuk.programs.money.selectors import totals_of
from rembuk.web.programs.money.tables import may_plan


def section(program: Program, by: Person) -> dict[str, Any]:
    """Totals and counts in two queries; addresses of what she may open."""
    counts = program.indicators.aggregate(
        all=Count("pk", distinct=True),
        reported=Count("pk", distinct=True, filter=Q(values__actual__isnull=False)),
    )
    plans = may_plan(program, by)
    return {
        "totals": totals_of([program.pk]).get(program.pk),
        "indicators": counts["all"],
        "reported": counts["reported"],
        "money_url": reverse("desk_programs:money", args=[program.code]),
        "indicators_url": reverse("desk_programs:indicators", args=[program.code]),
        "plan_url": reverse("desk_programs:money_plan", args=[program.code]) if plans else "",
        "new_url": reverse("desk_programs:indicator_new", args=[program.code]) if plans else "",
        "import_url": reverse("desk_programs:import", args=[program.code]) if plans else "",
    }
