"""The words of an accountability report as they are drafted: plain sentences made of the figures, part by part."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from rembuk.common.money import write_amount
from rembuk.programs.plan.condition import Condition
from rembuk.reports.choices import AccountabilityPart
from rembuk.reports.wording import OFFICIAL, bullets, count, day, percent, plain, sentences

type Data = dict[str, Any]


def drafted(data: Data) -> dict[str, str]:
    """Every part as staff Markdown in the official language; empty where there is nothing to say."""
    with override(OFFICIAL):
        return {part.value: write(data) for part, write in _PARTS.items()}


def _summary(data: Data) -> str:
    words = {"unit": plain(data["unit"]), "period": data["period"], "day": day(data["today"])}
    said = [
        _("This report tells what %(unit)s did with the voices of citizens and its work programmes.") % words
    ]
    said.append(_("Period: %(period)s. Read from the data on %(day)s.") % words)
    if not data["is_over"]:
        said.append(_("The period is not over yet."))
    return sentences([*said, _received(data["proposals"]["n"]), _shown(data["programs"]["n"])])


def _received(n: int) -> str:
    words = ngettext("%(n)s proposal was received.", "%(n)s proposals were received.", n)
    return words % {"n": count(n)}


def _shown(n: int) -> str:
    words = ngettext("%(n)s work programme was public.", "%(n)s work programmes were public.", n)
    return words % {"n": count(n)}


def _proposals(data: Data) -> str:
    decided = data["proposals"]["decisions"]
    words = {name: count(decided.get(name, 0)) for name in ("publish", "return", "reject", "appeal")}
    moderated = _(
        "Moderators published %(publish)s, returned %(return)s for improvement and did not publish %(reject)s; "
        "%(appeal)s appeals came in."
    )
    return sentences([_received(data["proposals"]["n"]), moderated % words if decided else ""])


def _answers(data: Data) -> str:
    found = data["answers"]
    words = {
        name: count(found[name]) for name in ("heard", "considered", "explained", "given", "late", "overdue")
    }
    said = []
    if found["heard"]:
        said.append(
            _("Of %(heard)s proposals received, %(considered)s are considered and %(explained)s explained.")
            % words
        )
    said.append(_("%(given)s official answers were given, %(late)s of them after their deadline.") % words)
    if found["days"] is not None:
        days = ngettext(
            "Half of them came within %(n)s day.", "Half of them came within %(n)s days.", found["days"]
        )
        said.append(days % {"n": count(found["days"])})
    said.append(
        _("%(overdue)s proposals are past their deadline and not answered.") % words
        if found["overdue"]
        else _("No answer is overdue.")
    )
    return sentences(said)


def _programs(data: Data) -> str:
    found = data["programs"]
    said = [_shown(found["n"])]
    if found["n"]:
        words = {name: count(found[name]) for name in ("started", "ended")}
        said.append(_("%(started)s were published in this period, %(ended)s ended.") % words)
    if found["by_condition"]:
        words = {str(name): count(found["by_condition"].get(name, 0)) for name in Condition}
        said.append(
            _(
                "Of those that run or are postponed %(on_time)s are on time, %(late)s late and %(critical)s critical: by their "
                "milestones or, without any, by the dates of their phases."
            )
            % words
        )
    late = found["late_days"]
    if late:
        words = {"n": count(late["n"]), "median": count(late["median"]), "most": count(late["most"])}
        said.append(
            _(
                "By the dates of their phases alone %(n)s are late, the middle one by %(median)s days, the last by %(most)s."
            )
            % words
        )
    return sentences(said)


def _money(data: Data) -> str:
    found = data["money"]
    if found is None:
        return ""
    words = {name: write_amount(Decimal(found[name])) for name in ("pagu", "within", "so_far")}
    said = [
        _("The pagu of these work programmes is %(pagu)s.") % words,
        _("%(within)s was spent in this period, %(so_far)s in all up to its end.") % words,
    ]
    if found["absorption"]:
        said.append(_("Absorption is %(part)s.") % {"part": percent(found["absorption"])})
    return sentences(said)


def _consultations(data: Data) -> str:
    found = data["consultations"]
    if not found["n"]:
        return _("No consultation was open in this period.")
    words = {name: count(found[name]) for name in ("n", "heard", "considered", "explained", "overdue")}
    said = [
        _("%(n)s consultations were open in this period.") % words,
        _("Of %(heard)s submissions %(considered)s are considered and %(explained)s explained.") % words,
    ]
    if found["overdue"]:
        said.append(_("%(overdue)s consultations are past the deadline of their answers.") % words)
    return sentences(said)


def _next(data: Data) -> str:
    """What is open: answers that are overdue, programmes that are behind."""
    lines = []
    if data["answers"]["overdue"]:
        lines.append(
            _("Answer the %(n)s proposals that are past their deadline.")
            % {"n": count(data["answers"]["overdue"])}
        )
    behind = [
        row for row in data["programs"]["rows"] if row["condition"] in {Condition.LATE, Condition.CRITICAL}
    ]
    lines += [
        _("Bring “%(title)s” (%(code)s) back to its plan.")
        % {"title": plain(row["title"]), "code": row["code"]}
        for row in behind[:_NAMED]
    ]
    return bullets(lines)


# More programmes than this are not worth naming in a sentence each; the table has them all.
_NAMED = 10
_PARTS = {
    AccountabilityPart.SUMMARY: _summary,
    AccountabilityPart.PROPOSALS: _proposals,
    AccountabilityPart.ANSWERS: _answers,
    AccountabilityPart.PROGRAMS: _programs,
    AccountabilityPart.MONEY: _money,
    AccountabilityPart.CONSULTATIONS: _consultations,
    AccountabilityPart.NEXT: _next,
}
