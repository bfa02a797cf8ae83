"""What is counted once a minute for all processes (``rembuk.keeping``); the worker makes these anew."""

from typing import Any

from rembuk.consultations.matrix import copied
from rembuk.insights import consultations, figures, programs, statistics
from rembuk.keeping import worker
from rembuk.keeping.values import Kept
from rembuk.programs.portfolio import lately
from rembuk.proposals.titles import words

EVERY: tuple[Kept[Any], ...] = (
    figures.SITE,
    statistics.STATES,
    statistics.MONTHS,
    statistics.UNITS,
    statistics.MODERATION,
    programs.PROGRAMS,
    lately.LATELY,
    consultations.CONSULTATIONS,
    words.COUNTED,
    copied.FLAGS,
)


def remake_asked() -> int:
    """Make anew what somebody asks for and what is soon a minute old; returns how many."""
    return worker.remake_asked(EVERY)
