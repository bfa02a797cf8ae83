"""Publishing answers, and telling each author once all rows of her submission are published."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions import steps
from rembuk.consultations.actions.answering import acts
from rembuk.consultations.actions.answering.acts import Done
from rembuk.consultations.models import Consultation, MatrixRow, Submission
from rembuk.consultations.notices import answers
from rembuk.consultations.selectors import heard
from rembuk.consultations.states import PUBLISH, RowState


@transaction.atomic
def publish_answers(rows: Sequence[MatrixRow], *, by: Person, at: datetime | None = None) -> Done:
    """Publish proposed answers, or approved ones where the consultation asks for a second person.

    The first publication makes the page say «sedang dijawab». Each author whose rows are all published now gets one
    message with them; who can't be reached is left out (``told_at`` stays empty). ``Done.told`` counts the messages.

    Raises:
        Denied: without the right in the consultation's unit, and for her own submission.
        AlreadyDecided, WrongState: for a single row; of several the refused ones are reported.
    """
    moment, found = instant(at), acts.lock_rows(rows, alone=True)

    def check(row: MatrixRow) -> None:
        require(rules.may_publish_row(row, by))
        acts.check_step(row, PUBLISH)
        if row.returned_at is not None:
            raise WrongState(_("This answer was returned with a note. It has to be proposed anew first."))
        if row.consultation.needs_second_person and row.state != RowState.APPROVED:
            raise WrongState(_("A second person has to approve this answer first."))

    done = acts.sort_out(found, check)
    if not done.rows:
        return done
    act = acts.act_of(rows, by, moment)
    acts.take_row_step(done.rows, PUBLISH, act, {"published_by": by, "published_at": moment})
    key = done.rows[0].consultation_id
    Consultation.objects.filter(pk=key, has_answers=False).update(has_answers=True, changed_at=moment)
    told = _tell({row.submission_id for row in done.rows}, act)
    return Done(done.rows, done.refused, told)


def _tell(keys: set[int], act: acts.RowAct) -> int:
    """One message to each author of these submissions who has every answer now; a fixed number of statements."""
    waiting = MatrixRow.objects.filter(submission=OuterRef("pk")).exclude(state=RowState.PUBLISHED)
    related = ("author", "consultation__unit")
    complete = Submission.objects.select_related(*related).filter(pk__in=keys, told_at=None)
    answered = list(complete.filter(~Exists(waiting)).order_by("number"))
    reachable = heard.reachable_authors(answered)
    found = [one for one in answered if one.author_id in reachable]
    if not found:
        return 0
    Submission.objects.filter(pk__in=[one.pk for one in found]).update(told_at=act.moment)
    entries: list[tuple[Verb, audit.Target, dict[str, str]]] = [
        (verbs.ANSWER_TOLD, steps.submission_target(one), {}) for one in found
    ]
    audit.record_many(entries, by=actor_of(act.by), at=act.moment, bulk=act.bulk)
    answers.all_published(found, act.moment)
    return len(found)
