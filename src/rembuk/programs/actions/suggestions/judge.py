"""What staff make of a suggested group: dropping what does not belong, dismissing it. Making a programme of it is ``create``.

Whoever judges sees only proposals she may take up, so she judges only those: what others see stays as it is.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_text
from rembuk.programs import rules, verbs
from rembuk.programs.models import Suggestion
from rembuk.programs.states import SuggestionState
from rembuk.programs.suggested import members
from rembuk.proposals.models import Proposal
from rembuk.workunits.models import WorkUnit

MIN_REASON = 20


@transaction.atomic
def drop_members(
    suggestion: Suggestion, codes: Collection[str], *, by: Person, at: datetime | None = None
) -> list[Proposal]:
    """Take proposals out of a group; none of them is suggested with the others again. One audit entry.

    Raises:
        Denied: without the right to make programmes.
        Invalid: when no proposal of hers in the group has one of these codes.
        WrongState: when the group was closed meanwhile.
    """
    found = _lock(suggestion, by)
    dropped = [row for row in members(found, by) if row.code in codes]
    if not dropped:
        raise Invalid(
            _("Choose at least one proposal."), fields={"usulan": [_("Choose at least one proposal.")]}
        )
    _take_out(found, dropped, verbs.GROUP_TRIMMED, by=by, moment=instant(at))
    return dropped


@transaction.atomic
def dismiss(suggestion: Suggestion, *, reason: str, by: Person, at: datetime | None = None) -> Suggestion:
    """Say that the proposals do not belong together; they are not suggested together again. One audit entry.

    Where others see further proposals in the group, it stays open for them without hers.

    Raises:
        Denied: without the right to make programmes.
        Invalid: for a missing reason.
        WrongState: when the group was closed meanwhile, or nothing of hers is left in it.
    """
    found = _lock(suggestion, by)
    why = clean_text(reason)
    if len(why) < MIN_REASON:
        message = _("Say in at least %(least)s characters why they do not belong together.") % {
            "least": MIN_REASON
        }
        raise Invalid(message, fields={"reason": [message]})
    own = list(members(found, by))
    if not own:
        raise WrongState(_("Nothing of this group lies with your work units any more."))
    if found.members.filter(dropped_at=None).count() > len(own):
        _take_out(found, own, verbs.GROUP_DISMISSED, by=by, moment=instant(at), reason=why)
        return found
    found.state, found.closed_by, found.changed_at = SuggestionState.DISMISSED, by, instant(at)
    found.save(update_fields=["state", "closed_by", "changed_at"])
    _record(found, own, verbs.GROUP_DISMISSED, by=by, moment=found.changed_at, reason=why)
    return found


def _lock(suggestion: Suggestion, by: Person) -> Suggestion:
    require(rules.may_judge_groups(by))
    found = Suggestion.objects.select_for_update().filter(pk=suggestion.pk).first()
    if found is None or found.state != SuggestionState.OPEN:
        raise WrongState(_("This group is closed already. Look at the list again."))
    return found


def _take_out(
    suggestion: Suggestion,
    rows: list[Proposal],
    verb: Verb,
    *,
    by: Person,
    moment: datetime,
    reason: str = "",
) -> None:
    suggestion.members.filter(proposal__in=rows).update(dropped_at=moment)
    suggestion.size = suggestion.members.filter(dropped_at=None).count()
    suggestion.changed_at = moment
    suggestion.save(update_fields=["size", "changed_at"])
    _record(suggestion, rows, verb, by=by, moment=moment, reason=reason)


def _record(
    suggestion: Suggestion,
    rows: list[Proposal],
    verb: Verb,
    *,
    by: Person,
    moment: datetime,
    reason: str = "",
) -> None:
    office = WorkUnit.objects.get(pk=rights.unit_ids(by, izin.PROGRAM_EDIT)[0])
    audit.record(
        verb,
        by=rights.actor_of(by),
        target=audit.Target("suggestion", str(suggestion.public_id), office.pk, office.path),
        after={"kind": suggestion.kind, "proposals": sorted(row.code or "" for row in rows)},
        reason=reason,
        at=moment,
    )
