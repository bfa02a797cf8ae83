"""What points to a category, and what a merge does with it. A test walks all models: a new relation needs a line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet, Value

from rembuk.common.counting import counted_in_place
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.programs.models import Program
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from rembuk.taxonomy.models import Category

type Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Content:
    """One kind of thing that stands in categories: its name here, its model, which of its rows are meant."""

    name: str
    model: type[Model]
    rows: Q

    def within(self, categories: Sequence[int]) -> QuerySet[Any, Any]:
        """Its rows in these categories."""
        return self.model._default_manager.filter(self.rows, category__in=categories)


_DRAFT = Q(state=State.DRAFT)
CONTENTS = (
    Content("proposals", Proposal, ~_DRAFT),
    Content("drafts", Proposal, _DRAFT),
    Content("programs", Program, Q()),
    Content("consultations", Consultation, Q()),
    Content("matrix_rows", MatrixRow, Q()),
)

MOVES = {
    "proposals.Proposal.category": "goes to the other category, drafts too; votes, comments and follows hang on the proposal",
    "programs.Program.category": "goes to the other category and is indexed anew",
    "consultations.Consultation.category": "goes to the other category and is indexed anew",
    "consultations.MatrixRow.category": "goes to the other category",
    "taxonomy.Category.parent": "what hangs below goes below the other category, behind what is there",
    "taxonomy.Category.merged_into": "what was merged into it earlier leads on to the other one",
    "taxonomy.FormerSlug.category": "its former short names lead on to the other one",
}
STAYS: dict[str, str] = {}


def contents(pick: Callable[[Content], bool] = lambda _one: True) -> dict[int, Counts]:
    """How much of each kind stands in each category itself, by id, in one query; each count ends at the bound."""
    parts = [
        Category.objects.order_by()
        .annotate(kind=Value(one.name), n=counted_in_place(_in_outer(one)))
        .values_list("pk", "kind", "n")
        for one in CONTENTS
        if pick(one)
    ]
    found: dict[int, Counts] = {}
    for key, kind, number in parts[0].union(*parts[1:], all=True).order_by():
        if number:
            found.setdefault(key, {})[kind] = number
    return found


def _in_outer(one: Content) -> QuerySet[Any, Any]:
    return one.model._default_manager.filter(one.rows, category=OuterRef("pk"))


def with_below(categories: Sequence[Category], own: dict[int, Counts]) -> dict[int, Counts]:
    """The same with what stands in the categories below; ``categories`` are all of them, in the order of their paths."""
    total: dict[int, Counts] = {row.pk: {} for row in categories}
    above: list[Category] = []
    for row in categories:
        while above and not row.path.startswith(above[-1].path):
            above.pop()
        above.append(row)
        for kind, number in own.get(row.pk, {}).items():
            for holder in above:
                total[holder.pk][kind] = total[holder.pk].get(kind, 0) + number
    return total


def contents_of(category: Category) -> Counts:
    """How much of each kind stands in one category itself."""
    return {one.name: number for one in CONTENTS if (number := one.within([category.pk]).count())}
