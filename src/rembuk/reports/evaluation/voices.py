"""What citizens said of a programme, as sentences: proposals, comments, answers, witnesses, ratings, consultations."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.reports.wording import bullets, count, decimal, plain

type Data = dict[str, Any]


def voices(data: Data) -> str:
    """The part about voices; only what there is."""
    said = data["voices"]
    lines = [_origin(said), _comments(said["comments"])]
    lines += [_answers(row) for row in said["answers"] if row["yes"] + row["unsure"] + row["no"]]
    lines += [_witness(row) for row in data["milestones"] if sum(row["said"].values())]
    lines += [_rating(row) for row in data["ratings"] if row["n"]]
    lines += [_consultation(row) for row in data["consultations"] if row["counts"]]
    return bullets(lines)


def _origin(said: Data) -> str:
    if not said["proposals"]:
        return _("The work programme was begun without proposals of citizens.")
    words = ngettext(
        "The work programme came from %(n)s proposal; %(people)s people wrote or support it.",
        "The work programme came from %(n)s proposals; %(people)s people wrote or support them.",
        said["proposals"],
    )
    return words % {"n": count(said["proposals"]), "people": count(said["people"])}


def _comments(n: int) -> str:
    return ngettext("Citizens wrote %(n)s comment.", "Citizens wrote %(n)s comments.", n) % {"n": count(n)}


def _answers(row: Data) -> str:
    words = {name: count(row[name]) for name in ("yes", "unsure", "no")}
    return _("Question of the phase %(phase)s: %(yes)s yes, %(unsure)s not sure, %(no)s no.") % {
        **words,
        "phase": plain(row["phase"]),
    }


def _witness(row: Data) -> str:
    words = {name: count(n) for name, n in row["said"].items()}
    return _("Is “%(title)s” finished? %(yes)s say yes, %(partly)s partly, %(no)s not yet.") % {
        **words,
        "title": plain(row["title"]),
    }


def _rating(row: Data) -> str:
    words = {"number": row["number"], "n": count(row["n"])}
    if row["skm"]:
        return _("SKM, round %(number)s: %(value)s, grade %(grade)s, from %(n)s people.") % {
            **words,
            "value": decimal(row["skm"]["value"]),
            "grade": row["skm"]["grade"],
        }
    return _("Rating, round %(number)s: %(mean)s of 4 on average, from %(n)s people.") % {
        **words,
        "mean": decimal(row["mean"]),
    }


def _consultation(row: Data) -> str:
    heard, considered, explained = (count(n) for n in row["counts"])
    return _(
        "Consultation “%(title)s” (%(code)s): %(heard)s submissions heard, %(considered)s considered, "
        "%(explained)s explained."
    ) % {
        "title": plain(row["title"]),
        "code": row["code"],
        "heard": heard,
        "considered": considered,
        "explained": explained,
    }
