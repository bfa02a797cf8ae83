"""Answering a confirmed group once: its rows get one verdict and one reason, each as its own answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid, WrongState
from rembuk.consultations.actions.answering.acts import MOST, Done
from rembuk.consultations.actions.answering.deciding import propose_answer
from rembuk.consultations.actions.answering.drafting import AnswerText
from rembuk.consultations.actions.grouping.suggesting import GROUPABLE
from rembuk.consultations.models import MatrixGroup


@transaction.atomic
def answer_group(group: MatrixGroup, *, answer: AnswerText, by: Person, at: datetime | None = None) -> Done:
    """Propose one answer for every row of a confirmed group that has none; approval and publication follow as for any row.

    Rows whose answer is proposed already keep it and are reported as refused. In one transaction, with the entries
    of ``propose_answer`` for each row.

    Raises:
        WrongState: when the group is not confirmed, or the matrix is not being filled.
        Invalid: without verdict, with a reason of fewer than 20 characters, or when no row is left to answer.
        Denied: for a single row she may not answer; of several the refused ones are reported.
    """
    MatrixGroup.objects.select_for_update().filter(pk=group.pk).first()
    group.refresh_from_db(fields=["confirmed_at", "dismissed_at"])
    if group.confirmed_at is None or group.dismissed_at is not None:
        raise WrongState(_("Confirm first that the rows of this group belong together."))
    rows = list(group.rows.filter(state__in=GROUPABLE).order_by("id"))
    if not rows:
        raise Invalid(_("Every row of this group has its answer already."))
    whole = Done()
    for place in range(0, len(rows), MOST):
        done = propose_answer(rows[place : place + MOST], answer=answer, by=by, at=at)
        whole.rows.extend(done.rows)
        whole.refused.extend(done.refused)
    return whole
