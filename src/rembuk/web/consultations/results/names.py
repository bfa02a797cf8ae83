"""Words for groups of participants and the addresses by which they are chosen."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from rembuk.consultations.choices import Channel, ParticipantKind
from rembuk.consultations.results.groups import JOINED, Split
from rembuk.regions.selectors import full_names

# As the address says it: ``?menurut=kecamatan``.
PARAM = "menurut"
SPLITS: dict[str, Split] = {
    "jenis": Split.KIND,
    "terdampak": Split.AFFECTED,
    "kabupaten": Split.REGENCY,
    "kecamatan": Split.DISTRICT,
    "kanal": Split.CHANNEL,
}


def group_names(split: Split, keys: Iterable[str]) -> dict[str, str]:
    """The word of each group; regions by one query."""
    keys = list(keys)
    own = {JOINED: _("Small groups, joined"), "": _("Not stated")}
    return {**_words(split, keys), **own}


def _words(split: Split, keys: list[str]) -> dict[str, str]:
    if split == Split.KIND:
        return {str(value): str(label) for value, label in ParticipantKind.choices}
    if split == Split.CHANNEL:
        return {str(value): str(label) for value, label in Channel.choices}
    if split == Split.AFFECTED:
        return {"yes": _("Directly affected"), "no": _("Not directly affected")}
    return {**{key: key for key in keys}, **full_names([key for key in keys if key != JOINED])}
