"""What the database refuses of a programme, in words people can use: ``common.postgresql.refusals`` finds them by their keys."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.common.postgresql import refusals

_ORDER = _("Something can't end before it starts. Somebody may have changed the days meanwhile.")
_AMOUNT = _("This amount can't be kept: it is negative or zero.")
_YEAR = _("Check the year of the days: no work programme lies there.")
_FIRST = _("The first plan stays as it was published.")
_TWICE = _("Somebody entered the same meanwhile. Look at it again before you send it once more.")

REFUSALS: dict[str, Promise] = {
    "phase_ends_after_start": _ORDER,
    "phase_end_has_a_start": _ORDER,
    "phase_ended_after_start": _ORDER,
    "milestone_ends_after_start": _ORDER,
    "milestone_ended_after_start": _ORDER,
    "milestone_done_has_dates": _("What is called done has its real days, and nothing else has an end."),
    "milestone_weighs": _("The weight is a number above 0 with at most two decimals."),
    "phase_days_plausible": _YEAR,
    "milestone_days_plausible": _YEAR,
    "cashplan_month_plausible": _YEAR,
    "realisation_day_plausible": _YEAR,
    "indicatorvalue_end_plausible": _YEAR,
    "round_closes_after_opening": _ORDER,
    "phase_first_plan_is_whole": _FIRST,
    "milestone_first_plan_is_whole": _FIRST,
    "milestone_first_weighs": _FIRST,
    "first_plan_kept": _FIRST,
    "cashplan_within_pagu": _("The cash plan would add up to more than the pagu. Change both together."),
    "realisation_on_own_pagu": _("This work programme has no pagu from that source of funds."),
    "milestone_in_own_phase": _("Choose a phase of this work programme."),
    "revision_kept": _("A public revision stays as it was published."),
    "realisation_kept": _("A payment is struck out with a reason, never deleted."),
    "phase_kind_no_overlap": _(
        "Two phases of one kind would overlap. Somebody may have changed the plan meanwhile."
    ),
    "phase_one_leads": _("Another phase was given the lead meanwhile."),
    "realisation_within_pagu": _("More than the pagu would be spent. Revise the pagu first."),
    "realisation_positive": _AMOUNT,
    "realisation_document_once": _TWICE,
    "pagu_not_negative": _AMOUNT,
    "pagu_once_a_fund": _TWICE,
    "cashplan_not_negative": _AMOUNT,
    "cashplan_once_a_month": _TWICE,
    "indicatorvalue_once_a_period": _TWICE,
    "link_once": _TWICE,
    "program_nomenclature_is_a_code": _(
        "A code of the nomenclature looks like 1.03.10, 1.03.10.2.01 or 1.03.10.2.01.0005."
    ),
}

# One file stands in one place; these are names that Django leaves to the database.
FILE_ONCE = frozenset(
    {
        "programs_updatepicture_file_id_key",
        "programs_document_file_id_key",
        "programs_evidence_file_id_key",
        "programs_realisation_evidence_id_key",
    }
)

refusals.register({**REFUSALS, **dict.fromkeys(FILE_ONCE, _TWICE)})
