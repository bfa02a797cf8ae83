"""Groups of like rows for staff, and the rows that are like one row. Reckoned by ``likeness``; changed by actions.grouping."""

import re
from dataclasses import dataclass

from django.db.models import Case, Count, F, Func, Q, QuerySet, TextField, Value, When, Window
from django.db.models.expressions import Expression
from django.db.models.functions import RowNumber

from rembuk.accounts.models import Person
from rembuk.consultations.likeness.compare import ALIKE, SAME_CLAUSE_BONUS, compared
from rembuk.consultations.likeness.lexicon import lexicon
from rembuk.consultations.likeness.meaning import Meaning, meaning_of
from rembuk.consultations.matrix.rows import readable
from rembuk.consultations.matrix.words import own_words, passage_mark, passage_pattern
from rembuk.consultations.models import Consultation, MatrixGroup, MatrixRow
from rembuk.consultations.selectors import reach

# So many of the rows that share most words and classes are read and compared.
_READ = 400
_MOST_TERMS, _MOST_WORDS = 10, 40
MOST_LIKE = 30
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """A row and how like it is, from 0 to 1."""

    row: MatrixRow
    score: float


def suggested(consultation: Consultation, by: Person) -> QuerySet[MatrixGroup]:
    """Groups that wait for a person: suggestions and those put together by hand; ``size`` rows."""
    return _sized(consultation, by).filter(confirmed_at=None, dismissed_at=None)


def confirmed(consultation: Consultation, by: Person) -> QuerySet[MatrixGroup]:
    """Groups that are answered once; ``size`` rows, ``left`` of them without a proposed answer."""
    return _sized(consultation, by).filter(confirmed_at__isnull=False, dismissed_at=None)


def dismissed(consultation: Consultation, by: Person) -> QuerySet[MatrixGroup]:
    """Groups of which somebody said that they do not belong together."""
    return _sized(consultation, by).filter(dismissed_at__isnull=False)


def samples(groups: list[MatrixGroup], by: Person) -> dict[int, list[str]]:
    """The first few unlike texts of each group that this person reads, in one query."""
    place = Window(RowNumber(), partition_by=[F("group"), F("text")], order_by="id")
    rows = MatrixRow.objects.filter(reach.rows_for_staff(by), group__in=groups)
    first = rows.annotate(turn=place).filter(turn=1)
    nth = Window(RowNumber(), partition_by=F("group"), order_by="id")
    found: dict[int, list[str]] = {}
    few = MatrixRow.objects.filter(pk__in=first.values("pk")).annotate(nth=nth).filter(nth__lte=SAMPLES)
    for group, text in few.order_by("group", "id").values_list("group", "text"):
        found.setdefault(group, []).append(own_words(text) or text)
    return found


def like_rows(row: MatrixRow, by: Person) -> list[Likeness]:
    """Rows this person reads that are like this one, of the same consultation, the most alike first; one query.

    The database counts which of the words and classes each row has and gives the nearest few hundred, which are then compared.
    """
    mine = meaning_of(own_words(row.text))
    patterns = [_pattern(words) for words in _words_of(mine)]
    if not patterns:
        return []
    hits: Expression = sum(
        (Case(When(own__iregex=pattern, then=Value(1)), default=Value(0)) for pattern in patterns),
        start=Value(0),
    )
    related = ("submission__author", "consultation", "unit", "assigned_to", "category", "question", "group")
    rows = readable(row.consultation, by).exclude(pk=row.pk).exclude(text="")
    near = (
        rows.annotate(own=_own())
        .annotate(hits=hits)
        .filter(hits__gt=0)
        .select_related(*related)
        .order_by("-hits", "id")[:_READ]
    )
    found = [Likeness(other, _score(mine, row, other)) for other in near]
    found.sort(key=lambda one: (-one.score, one.row.pk))
    return [one for one in found if one.score >= ALIKE][:MOST_LIKE]


def _own() -> Expression:
    """A row's text without the passage it begins with."""
    bare = Func(F("text"), Value(passage_pattern()), Value(""), function="regexp_replace")
    begins = When(text__startswith=passage_mark(), then=bare)
    return Case(begins, default=F("text"), output_field=TextField())


def _score(mine: Meaning, row: MatrixRow, other: MatrixRow) -> float:
    score = compared(mine, meaning_of(own_words(other.text))).score
    if row.clause_id is not None and row.clause_id == other.clause_id:
        score = min(1.0, score + SAME_CLAUSE_BONUS)
    return score


def _words_of(meaning: Meaning) -> list[list[str]]:
    """For each of the weightiest terms the words that may stand for it."""
    terms = sorted((term for term in meaning.terms if term.end), key=lambda term: (-term.weight, term.key))
    return [lexicon().words_for(term.key, term.sense)[:_MOST_WORDS] for term in terms[:_MOST_TERMS]]


def _pattern(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


def readable_groups(consultation: Consultation, by: Person) -> QuerySet[MatrixGroup]:
    """The groups of a consultation that this person reads on the desk, without order."""
    return MatrixGroup.objects.filter(reach.groups_for_staff(by), consultation=consultation)


def _sized(consultation: Consultation, by: Person) -> QuerySet[MatrixGroup]:
    """With the number of rows she reads, and of those without a proposed answer."""
    mine = reach.rows_for_staff(by, "rows__")
    return readable_groups(consultation, by).annotate(
        size=Count("rows", filter=mine), left=Count("rows", filter=mine & Q(rows__verdict=""))
    )
