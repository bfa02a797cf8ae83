"""Putting rows together with one row: into the group it stands in, or into a new one."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.consultations.actions.grouping.editing import add_rows, create_group
from rembuk.consultations.models import MatrixGroup, MatrixRow


def put_together(row: MatrixRow, others: Sequence[MatrixRow], by: Person) -> MatrixGroup:
    """The group in which they stand now.

    Raises:
        Invalid: for no other row; Denied, WrongState as the acts on groups do.
    """
    rest = [other for other in others if other.pk != row.pk]
    if not rest:
        raise Invalid(_("Select at least one row."))
    if row.group is not None and row.group.dismissed_at is None:
        return add_rows(row.group, rest, by=by)
    return create_group([row, *rest], by=by)
