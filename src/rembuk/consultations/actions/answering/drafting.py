"""The answer as it is written: its words checked, drafts kept while a row is open. Proposing it: ``deciding``."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, require
from rembuk.common.text import clean_text
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.answering import acts
from rembuk.consultations.choices import Verdict
from rembuk.consultations.matrix.marks import answer_mark, reason_digest
from rembuk.consultations.models import Clause, ClauseText, DraftVersion, MatrixRow
from rembuk.consultations.states import RowState

LONGEST_REASON = 5_000
LONGEST_CHANGE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerText:
    """What is said to a point: verdict, public reason, what changed, and where in which version of the text."""

    verdict: str = ""
    reason: str = ""
    change: str = ""
    clause: Clause | None = None
    version: DraftVersion | None = None


@transaction.atomic
def save_draft(
    row: MatrixRow, *, answer: AnswerText, by: Person, seen: str = "", at: datetime | None = None
) -> MatrixRow:
    """Keep an answer that is not ready, while its row is open. ``seen`` is ``marks.answer_mark`` of what she began from.

    Raises:
        Denied: outside her units, and for her own submission.
        AlreadyDecided: somebody has changed the row since. WrongState: it is no longer open.
        Invalid: for an unknown verdict, words too long, or a clause that is not in the version.
    """
    (found,) = acts.lock_rows([row])
    require(rules.may_answer(found, by))

    def check(one: MatrixRow) -> None:
        if one.state != RowState.OPEN or not is_unchanged(one, seen):
            raise acts.wrong_state(one)

    acts.sort_out([found], check)
    columns = columns_of(answer, found)
    act = acts.act_of([found], by, instant(at))
    acts.change_rows([found], columns)
    acts.note_deed([found], "saved", act)
    acts.record([found], verbs.ROW_SAVED, act, after={})
    return found


def is_unchanged(row: MatrixRow, seen: str) -> bool:
    """Whether the row still is what a person saw; without a mark nothing is claimed."""
    return not seen or seen == answer_mark(row)


def full_columns(answer: AnswerText, row: MatrixRow) -> dict[str, Any]:
    """The columns of an answer that can be proposed.

    Raises:
        Invalid: without verdict, or with a reason of fewer than ``MatrixRow.MIN_REASON`` characters.
    """
    faults: dict[str, list[str]] = {}
    if not answer.verdict:
        faults["verdict"] = [_("Choose a verdict.")]
    if len(clean_text(answer.reason)) < MatrixRow.MIN_REASON:
        words = _("Give a reason of at least %(least)s characters. It is public.")
        faults["reason"] = [words % {"least": MatrixRow.MIN_REASON}]
    _refuse(faults)
    columns = columns_of(answer, row)
    return {**columns, "reason_digest": reason_digest(columns["reason"])}


def columns_of(answer: AnswerText, row: MatrixRow) -> dict[str, Any]:
    """The columns of an answer, whole or not.

    Raises:
        Invalid: for an unknown verdict, words too long, or a clause that does not stand in the published version.
    """
    reason, change = clean_text(answer.reason), clean_text(answer.change)
    faults: dict[str, list[str]] = {}
    if answer.verdict and answer.verdict not in Verdict.values:
        faults["verdict"] = [_("Choose a verdict.")]
    for name, text, most in (("reason", reason, LONGEST_REASON), ("change", change, LONGEST_CHANGE)):
        if len(text) > most:
            faults[name] = [_("Use at most %(most)s characters.") % {"most": most}]
    if answer.clause is not None and not _stands(answer.clause, answer.version, row):
        faults["changed"] = [_("Choose a part of the published version.")]
    _refuse(faults)
    return {
        "verdict": answer.verdict,
        "reason": reason,
        "change": change,
        "changed_clause": answer.clause,
        "changed_version": answer.version if answer.clause else None,
    }


def _stands(clause: Clause, version: DraftVersion | None, row: MatrixRow) -> bool:
    if version is None or version.published_at is None or version.consultation_id != row.consultation_id:
        return False
    return ClauseText.objects.filter(version=version, clause=clause).exists()


def _refuse(faults: dict[str, list[str]]) -> None:
    if faults:
        raise Invalid(next(iter(faults.values()))[0], fields=faults)
