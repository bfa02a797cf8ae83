"""Writes the state tables of docs/domain.md from the code; ``--check`` only tells whether they are up to date."""

import sys
from functools import cache
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
PAGE = ROOT / "docs" / "domain.md"
CATALOGUE = ROOT / "src" / "rembuk" / "locale" / "id" / "LC_MESSAGES" / "django.po"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"


def _table(title: str, states: object, steps: object) -> list[str]:
    lines = [f"### {title}", "", "| state | page word | English |", "|---|---|---|"]
    for value, label in states.choices:  # type: ignore[attr-defined]
        lines.append(f"| `{value}` | {_indonesian(str(label))} | {label} |")
    lines += ["", "| step | from | to | audit verb | permission |", "|---|---|---|---|---|"]
    for step in steps:  # type: ignore[attr-defined]
        sources = ", ".join(f"`{source}`" for source in sorted(step.sources))
        target = f"`{step.target}`" if step.target else "the state before"
        permission = f"`{step.permission}`" if step.permission else "the author"
        reason = " (reason)" if getattr(step, "needs_reason", False) else ""
        lines.append(f"| {step.name}{reason} | {sources} | {target} | `{step.verb}` | {permission} |")
    return [*lines, ""]


@cache
def _catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def _indonesian(word: str) -> str:
    """What the catalogue makes of an English word; read as it is written, no compiled file is needed."""
    entry = _catalogue().find(word, by="msgid", msgctxt=False)
    return str(entry.msgstr) if entry else ""


def tables() -> str:
    """All tables as Markdown."""
    from django.utils import translation

    from rembuk.consultations import states as consultations
    from rembuk.programs import states as programs
    from rembuk.proposals import states as proposals

    with translation.override("en"):
        lines = [
            *_table("Proposal", proposals.State, proposals.STEPS),
            *_table("Programme", programs.State, programs.STEPS),
            *_table("Phase", programs.PhaseState, programs.PHASE_STEPS),
            *_table("Milestone", programs.MilestoneState, programs.MILESTONE_STEPS),
            *_table("Consultation", consultations.State, consultations.STEPS),
            *_table("Submission", consultations.SubmissionState, consultations.SUBMISSION_STEPS),
            *_table("Row of the matrix", consultations.RowState, consultations.ROW_STEPS),
        ]
    return "\n".join(lines)


def page() -> str:
    """The page with its tables made anew."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


def main() -> int:
    """Write or check; returns the exit code."""
    from tools.pages import write_or_check

    return write_or_check(PAGE, page, __doc__)


if __name__ == "__main__":
    sys.exit(main())
