"""Mending a tree that was read wrongly: each act takes the parts and gives the parts, with labels made anew."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid
from rembuk.common.text import clean_line, clean_text
from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.drafts import markers
from rembuk.consultations.drafts.parts import DEEPEST, LONGEST_HEADING, LONGEST_LABEL, Part, end_of, settled

CUT = "---"


def edited(parts: Sequence[Part], index: int, part: Part) -> list[Part]:
    """Another kind, label, heading, body or level for one part; what stands below it moves with it.

    Raises:
        Invalid: for an unknown part or kind, texts that are too long, or a part without label and words.
    """
    old = _at(parts, index)
    label, heading, body = clean_line(part.label), clean_line(part.heading), clean_text(part.body)
    if part.kind not in ClauseKind.values:
        _refuse("kind", _("Choose what kind of part this is."))
    if len(label) > LONGEST_LABEL or len(heading) > LONGEST_HEADING:
        _refuse("heading", _("The label or the heading is too long."))
    if not (label or heading or body):
        _refuse("body", _("A part needs a label, a heading or a text. To take it away, remove it."))
    made = list(parts)
    made[index] = replace(old, kind=part.kind, label=label, heading=heading, body=body)
    return shifted(made, [index], part.depth - old.depth)


def shifted(parts: Sequence[Part], chosen: Collection[int], by: int) -> list[Part]:
    """These parts, with what stands below them, so many levels deeper (below zero: higher).

    Raises:
        Invalid: for an unknown part.
    """
    depths = [part.depth for part in parts]
    moving: set[int] = set()
    for index in chosen:
        _at(parts, index)
        moving.update(range(index, end_of(depths, index)))
    return settled(
        [
            replace(part, depth=max(0, min(part.depth + by, DEEPEST))) if place in moving else part
            for place, part in enumerate(parts)
        ]
    )


def joined_up(parts: Sequence[Part], chosen: Collection[int]) -> list[Part]:
    """Each of these parts becomes a further part of the words of the one before it; what stands below it stays.

    Raises:
        Invalid: for the first part, which has none before it, or an unknown one.
    """
    made: list[Part] = []
    for index in chosen:
        _at(parts, index)
    if 0 in chosen:
        _refuse("body", _("The first part has none before it."))
    for index, part in enumerate(parts):
        if index not in chosen:
            made.append(part)
            continue
        before = made.pop()
        words = " ".join(filter(None, [_bare(part.label), part.heading, part.body]))
        glue = " " if before.body and before.body[-1] not in ".;:" and words[:1].islower() else "\n\n"
        made.append(replace(before, body=f"{before.body}{glue}{words}".strip()))
    return settled(made)


def split(parts: Sequence[Part], index: int, body: str) -> list[Part]:
    """Cut a part at the lines «---» of ``body``; a piece that begins with a number gets it as its label.

    Raises:
        Invalid: when no such line has words on both sides, or for an unknown part.
    """
    old = _at(parts, index)
    pieces: list[list[str]] = [[]]
    for line in clean_text(body).split("\n"):
        if line.strip() == CUT:
            pieces.append([])
        else:
            pieces[-1].append(line)
    texts = [clean_text("\n".join(piece)) for piece in pieces]
    first = texts[0] or old.heading or old.label
    if len(texts) < 2 or not first or not all(texts[1:]):
        _refuse("body", _("Write --- on a line of its own where the part shall be cut, with words after it."))
    made = [replace(old, body=texts[0]), *(_piece(old, text) for text in texts[1:])]
    return settled([*parts[:index], *made, *parts[index + 1 :]])


def removed(parts: Sequence[Part], chosen: Collection[int], *, with_below: bool) -> list[Part]:
    """The same without these parts; ``with_below`` takes what stands below them too, else that moves up a level.

    Raises:
        Invalid: when nothing would be left, or for an unknown part.
    """
    depths = [part.depth for part in parts]
    gone: set[int] = set()
    for index in chosen:
        _at(parts, index)
        gone.update(range(index, end_of(depths, index)) if with_below else [index])
    left = [part for index, part in enumerate(parts) if index not in gone]
    if not left:
        _refuse("parts", _("At least one part has to stay. To give the text up, discard it."))
    return settled(left)


def of_kind(parts: Sequence[Part], chosen: Collection[int], kind: str) -> list[Part]:
    """The same with another kind for these parts.

    Raises:
        Invalid: for an unknown kind or part.
    """
    if kind not in ClauseKind.values:
        _refuse("kind", _("Choose what kind of part this is."))
    for index in chosen:
        _at(parts, index)
    return settled([replace(p, kind=kind) if index in chosen else p for index, p in enumerate(parts)])


def _piece(old: Part, text: str) -> Part:
    """The part a piece becomes: as its number says, else a text below or beside the one it was cut from."""
    found = markers.frame(text.split("\n", 1)[0]) or markers.paragraph(text)
    found = found or next(iter(markers.items(text.replace("\n", " "))), None)
    if found is None or not found.rest:
        return Part(kind=ClauseKind.TEXT, depth=old.depth, body=text)
    rest = text.split("\n", 1)[1] if "\n" in text else ""
    body = (
        clean_text(f"{found.rest}\n{rest}")
        if "\n" in text and found.rest not in text.split("\n")[0]
        else found.rest
    )
    return Part(kind=found.kind, depth=old.depth, label=found.label, body=body)


def _bare(label: str) -> str:
    """A label as it stood before the words: «huruf b» was «b.», «ayat (2)» was «(2)»."""
    word, _space, sign = label.partition(" ")
    if word in {"huruf", "angka"} and sign:
        return sign if sign[-1] == ")" else f"{sign}."
    return sign if word == "ayat" else label


def _at(parts: Sequence[Part], index: int) -> Part:
    if not 0 <= index < len(parts):
        _refuse("parts", _("This part does not exist any more. Look at the text again."))
    return parts[index]


def _refuse(field: str, message: str) -> None:
    raise Invalid(message, fields={field: [message]})
