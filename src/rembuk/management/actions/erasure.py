"""Deleting an account: the person goes, what she published stays (UU 27/2022 arts. 8, 43-44)."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rembuk.access.holders import lock_administrators
from rembuk.access.models import Grant
from rembuk.accounts.actions import second_factor
from rembuk.accounts.actions.presence import end_sessions
from rembuk.accounts.letters import posting, texts
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM, Actor
from rembuk.common.clock import instant
from rembuk.common.errors import ALLOWED, Denied, Verdict, require
from rembuk.consultations.actions.taking.departure import leave_submissions
from rembuk.engagement.actions.departure import release_the_rest, release_votes
from rembuk.exports.actions.ending import forget as forget_exports
from rembuk.management.models import DeskAccount
from rembuk.management.rules import is_last_administrator
from rembuk.management.verbs import ACCOUNT_DELETED, UNCONFIRMED_REMOVED
from rembuk.notifications import actions as notices
from rembuk.programs.actions.voices.rating import release_ratings
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State


def may_delete_account(person: Person, at: datetime | None = None) -> Verdict:
    """Everybody, but for the last person who can give rights in the whole instansi."""
    if is_last_administrator(person, at):
        return Denied(_("You are the last administrator. Give somebody else this role first."))
    return ALLOWED


def delete_account(person: Person, *, by: Actor, at: datetime | None = None) -> None:
    """Remove name, address, password, drafts, follows, notices, sessions and grants; all or nothing.

    Published proposals, sent submissions and comments stay under "Deleted account"; names of groups and organisations
    stay with what they said. Votes on open ballots and ratings of open rounds are withdrawn; on closed ones
    they stay counted and belong to nobody. A last letter says that it is done. A second call changes nothing.

    Raises:
        Denied: to the last administrator.
    """
    moment = instant(at)
    with transaction.atomic():
        # Roles before people, as everything that makes or takes administrators locks them.
        lock_administrators()
        mine = Person.objects.select_for_update().get(pk=person.pk)
        if mine.deleted_at is not None:
            return
        require(may_delete_account(mine, at))
        posting.post(texts.DELETED, mine)
        withdrawn, kept = release_votes(mine, at=at)
        release_the_rest(mine)
        Proposal.objects.filter(author=mine, state=State.DRAFT, code=None).delete()
        leave_submissions(mine)
        release_ratings(mine, at=moment)
        notices.erase(mine.pk)
        forget_exports(mine)
        _end_grants(mine, moment)
        end_sessions(mine, by=by, at=at)
        second_factor.forget(mine)
        _remove_identity(mine, moment)
        audit.record(
            ACCOUNT_DELETED,
            by=by,
            target=audit.Target("person", str(mine.pk)),
            after={"votes_withdrawn": withdrawn, "votes_kept": kept},
            at=at,
        )


def remove_unconfirmed(*, before: datetime, at: datetime | None = None) -> int:
    """Remove accounts registered before an instant whose address was never confirmed; returns how many.

    Invited people and those with grants or anything of their own are left alone.
    """
    never_used = Person.objects.filter(
        joined_at__lt=before,
        last_login=None,
        invited_at=None,
        deleted_at=None,
        emailaddress__verified=False,
        grants=None,
        proposals=None,
        comments=None,
        submissions=None,
    )
    with transaction.atomic():
        confirmed = EmailAddress.objects.filter(verified=True).values("user")
        keys = list(never_used.exclude(pk__in=confirmed).values_list("pk", flat=True)[:1000])
        Person.objects.filter(pk__in=keys).delete()
        if keys:
            target = audit.Target("person", "unconfirmed")
            audit.record(UNCONFIRMED_REMOVED, by=SYSTEM, target=target, after={"count": len(keys)}, at=at)
    return len(keys)


def _end_grants(person: Person, moment: datetime) -> None:
    Grant.objects.filter(person=person, starts_at__gte=moment).delete()
    Grant.objects.filter(person=person).exclude(ends_at__lte=moment).update(ends_at=moment)


def _remove_identity(person: Person, moment: datetime) -> None:
    person.consents.filter(withdrawn_at=None).update(withdrawn_at=moment)
    EmailAddress.objects.filter(user=person).delete()
    person.set_unusable_password()
    DeskAccount.objects.filter(person=person).delete()
    person.one_time_codes.all().delete()
    person.name, person.email, person.sign_in_name, person.begun_drafts = "", None, None, []
    person.is_active, person.deleted_at = False, moment
    person.suspension_reason = ""
    person.save(
        update_fields=[
            "password",
            "name",
            "email",
            "sign_in_name",
            "begun_drafts",
            "is_active",
            "deleted_at",
            "suspension_reason",
        ]
    )
