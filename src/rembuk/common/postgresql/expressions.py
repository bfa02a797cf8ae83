"""Expressions that Django does not have."""

from django.db.models import BooleanField, Func


class IsAnyOf(Func):
    """Whether a value is among those that a statement finds first: an array, for which PostgreSQL seeks along an index.

    ``IsAnyOf(F("pk"), ArraySubquery(…))``. Of ``pk__in`` beside other conditions it makes a look at each row instead.
    """

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()
