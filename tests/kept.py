"""Kept values as they are before anybody asked: in this process and in the table."""

from datetime import timedelta

from django.core.cache import caches
from django.db.models import F

from rembuk.keeping.models import KeptValue
from rembuk.keeping.values import forget_held
from rembuk.programs import kinds
from rembuk.siteconfig import selectors as siteconfig
from rembuk.web import fragments
from rembuk.workdays import selectors as workdays


def forget() -> None:
    """Nothing was made yet."""
    KeptValue.objects.all().delete()
    forget_here()


def forget_here() -> None:
    """What the table holds is read anew, as by another process."""
    caches["memory"].clear()
    forget_held()


def forget_process() -> None:
    """As in a process that has just started: nothing of the table, no settings, kinds, closed days, pieces of pages."""
    forget_here()
    for part in (fragments, kinds, siteconfig, workdays):
        part.forget()


def age(seconds: float) -> None:
    """Everything in the table was made so long ago; other processes read it."""
    KeptValue.objects.update(made_at=F("made_at") - timedelta(seconds=seconds))
    forget_here()
