"""The sheets that sum up: Rekap (every figure with what it is a part of) and Proses (the public history)."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rembuk.consultations.choices import Stance
from rembuk.consultations.figures import figures_of
from rembuk.consultations.results import questions, stances
from rembuk.consultations.results.rows import clause_labels
from rembuk.web.components.words import office_words
from rembuk.web.consultations.reading.parts import event_words
from rembuk.web.consultations.results.charts import values_of
from rembuk.web.consultations.results.files.taking import Taking
from rembuk.web.sheets.workbook import Cell, Sheet


def recap_sheet(taking: Taking) -> Sheet:
    """What was counted."""
    columns = [(_("What"), 40), (_("Part"), 40), (_("Number"), 10), (_("Of"), 10)]
    return Sheet(_("Recap"), columns, _recap_rows(taking))


def _recap_rows(taking: Taking) -> Iterator[list[Cell]]:
    found = figures_of(taking.consultation, taking.at)
    counts: list[tuple[str, int]] = [
        (_("Heard"), found.heard),
        (_("Considered"), found.considered),
        (_("Explained"), found.explained),
        (_("Answered, but the participant can't be reached"), found.unreachable),
        (_("Answered, entered by an officer without an address"), found.offline_answered),
        (_("Entered by an officer"), found.offline),
        (_("Not shown"), found.not_shown),
        (_("Waiting for a moderator"), found.held),
    ]
    for words, count in counts:
        yield [_("Submissions"), words, count, found.heard]
    yield [_("Submissions"), _("Withdrawn by their authors, not counted"), found.withdrawn, None]
    yield [_("Rows of the matrix"), _("Answer published"), found.rows_published, found.rows]
    yield from _stance_rows(_("Overall stance"), stances.stance_totals(taking.consultation))
    labels = clause_labels(taking.consultation)
    totals = stances.clause_totals(taking.consultation)
    for clause, label in labels.items():
        if clause in totals:
            yield from _stance_rows(label, totals[clause].stances)
    yield from _question_counts(taking)


def _stance_rows(what: str, found: stances.Stances) -> Iterator[list[Cell]]:
    for stance, count in zip(Stance, found.counts, strict=True):
        yield [what, str(stance.label), count, found.total]


def _question_counts(taking: Taking) -> Iterator[list[Cell]]:
    totals = questions.answer_totals(taking.consultation)
    for asked in taking.consultation.questions.all():
        answers = totals.get(asked.pk, questions.Answers())
        yield [asked.text, pgettext("question", "Answered"), answers.answered, None]
        for value, words in values_of(asked):
            yield [asked.text, words, answers.counts.get(value, 0), answers.answered]
        if answers.mean is not None:
            yield [asked.text, _("Mean"), round(answers.mean, 2), answers.numbers]
            yield [asked.text, _("Median"), answers.median, answers.numbers]


def process_sheet(taking: Taking) -> Sheet:
    """What happened when, and by whom."""
    columns = [(_("Date"), 12), (_("What happened"), 50), (_("Work unit"), 30), (_("Reason"), 60)]
    return Sheet(_("Process"), columns, _event_rows(taking))


def _event_rows(taking: Taking) -> Iterable[list[Cell]]:
    made = taking.consultation
    yield [None, f"{made.code}: {made.title}", made.unit.name, None]
    for event in made.events.select_related("office").order_by("at", "id"):
        office = office_words(event.office, event.standing) or None
        yield [taking.day(event.at), str(event_words(event)), office, event.reason]
