"""Writing the groups of one neighbourhood: what staff said of them before stands.

What was dismissed or dropped is not suggested again; a group whose proposals went into a programme is called used.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from rembuk.programs.models import Link, Suggestion, SuggestionMember
from rembuk.programs.states import State, SuggestionState
from rembuk.programs.suggestions.grouping import LEAST, Group


def write_groups(near: str, groups: Sequence[Group], moment: datetime) -> None:
    """Make the open suggestions of a neighbourhood these groups, without what staff took out."""
    rows = list(Suggestion.objects.select_for_update().filter(near=near).order_by("pk"))
    memory = _Memory(rows)
    found = {group.base: group for group in groups}
    open_rows = {row.base: row for row in rows if row.state == SuggestionState.OPEN}
    for base in sorted(found.keys() | open_rows.keys()):
        group, row = found.get(base), open_rows.get(base)
        keys = set(group.keys) - memory.banned(group) if group else set()
        if group and len(keys) >= LEAST:
            _fill(row or _new(near, group, rows, moment), group, keys, memory, moment)
        elif row:
            _empty(row, memory, moment)


class _Memory:
    """Who stands or stood in the suggestions of a neighbourhood."""

    def __init__(self, rows: Sequence[Suggestion]) -> None:
        self.members: dict[int, dict[int, SuggestionMember]] = defaultdict(dict)
        for member in SuggestionMember.objects.filter(suggestion__in=rows):
            self.members[member.suggestion_id][member.proposal_id] = member
        self.rows = rows

    def banned(self, group: Group) -> set[int]:
        """Members that staff took out of this group, or away from another of its members, before."""
        keys, banned = set(group.keys), set()
        for row in self.rows:
            there = self.members[row.pk].keys() & keys
            if row.base != group.base and len(there) < LEAST:
                continue
            if row.state == SuggestionState.DISMISSED:
                banned |= there
            banned |= {key for key in there if self.members[row.pk][key].dropped_at}
        return banned

    def standing(self, row: Suggestion) -> set[int]:
        """The members of a suggestion that nobody dropped."""
        return {key for key, member in self.members[row.pk].items() if member.dropped_at is None}


def _new(near: str, group: Group, rows: Sequence[Suggestion], moment: datetime) -> Suggestion:
    before = sum(row.base == group.base for row in rows)
    return Suggestion.objects.create(
        kind=near.partition(":")[0],
        near=near,
        base=group.base,
        key=f"{group.base}#{before}",
        size=0,
        found_at=moment,
        changed_at=moment,
    )


def _fill(row: Suggestion, group: Group, keys: set[int], memory: _Memory, moment: datetime) -> None:
    standing = memory.standing(row)
    why = {"theme": _theme(row), "words": list(group.words)}
    if standing == keys and row.why == why:
        return
    row.members.filter(proposal__in=standing - keys).delete()
    SuggestionMember.objects.bulk_create(
        [SuggestionMember(suggestion=row, proposal_id=key) for key in sorted(keys - standing)]
    )
    row.size, row.why, row.changed_at = len(keys), why, moment
    row.save(update_fields=["size", "why", "changed_at"])


def _theme(row: Suggestion) -> str:
    """The theme of its neighbourhood; none where an office stands for it."""
    subject = row.near.split(":", 2)[2]
    return "" if subject.startswith("unit:") else subject.removeprefix("theme:")


def _empty(row: Suggestion, memory: _Memory, moment: datetime) -> None:
    """What is no group any more: used where its proposals went into a programme, else gone, unless staff dropped some."""
    standing = memory.standing(row)
    program = _taken_up_by(standing)
    if program:
        row.state, row.program_id = SuggestionState.USED, program
    else:
        row.members.filter(proposal__in=standing).delete()
        if len(standing) == len(memory.members[row.pk]):
            row.delete()
            return
        row.size = 0
    row.changed_at = moment
    row.save(update_fields=["state", "program", "size", "changed_at"])


def _taken_up_by(keys: set[int]) -> int | None:
    """The programme that took up most of these."""
    links = Link.objects.filter(proposal__in=keys, removed_at=None).exclude(program__state=State.CANCELLED)
    counted = Counter(links.order_by("program").values_list("program", flat=True))
    return counted.most_common(1)[0][0] if counted else None
