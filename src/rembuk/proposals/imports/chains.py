"""Stages: which records are proposals of their own and which are later stages of one (column ``induk``)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from rembuk.proposals.imports.records import Record


@dataclass(slots=True)
class Chains:
    """Roots in file order, stages with the number of their root, refusals and remarks by row."""

    roots: list[Record] = field(default_factory=list)
    stages: list[tuple[Record, str]] = field(default_factory=list)
    refused: list[tuple[Record, str]] = field(default_factory=list)
    remarks: list[tuple[Record, str]] = field(default_factory=list)


def sort_out(
    records: Mapping[str, Record], known_roots: Mapping[str, str], refused: Collection[str]
) -> Chains:
    """Follow each record's parents to its root.

    ``known_roots`` gives, for numbers already in the site, the number of their root; ``refused`` holds numbers of
    rows of this file that can't go in. A parent found nowhere makes the record a proposal of its own, with a remark.
    """
    chains = Chains()
    for record in records.values():
        root, problem = _root(record, records, known_roots, refused)
        if problem:
            chains.refused.append((record, problem))
        elif root == record.number:
            chains.roots.append(record)
            if record.parent:
                words = _(
                    "Parent record %(parent)s was found neither in the file nor in the site; kept as a proposal of its own."
                )
                chains.remarks.append((record, str(words % {"parent": record.parent})))
        else:
            chains.stages.append((record, root))
    return chains


def _root(
    record: Record, records: Mapping[str, Record], known_roots: Mapping[str, str], refused: Collection[str]
) -> tuple[str, str]:
    """The number of the root, or a problem."""
    seen = {record.number}
    here = record
    while here.parent:
        if here.parent in seen:
            return "", str(_("The parents of this record form a circle."))
        if here.parent in refused:
            return "", str(_("Its parent record %(parent)s was rejected.") % {"parent": here.parent})
        if here.parent not in records:
            return known_roots.get(here.parent, here.number), ""
        seen.add(here.parent)
        here = records[here.parent]
    return known_roots.get(here.number, here.number), ""
