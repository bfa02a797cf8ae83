"""What an author does with what was sent: change it, withdraw it, appeal, object.

Not here: sending (``submit``) and files (``attach``).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line, clean_text
from rembuk.engagement.actions.cases import close_cases, open_case
from rembuk.engagement.models import Case
from rembuk.proposals import deadlines, rules, verbs
from rembuk.proposals.actions.publishing import keep_version, refresh_search, subject_of
from rembuk.proposals.actions.steps import Because, audit_target, check_step, lock, take_step
from rembuk.proposals.actions.submit import rendered, wait_for_moderation
from rembuk.proposals.content import OWN_WORDS_LENGTH, Content, missing
from rembuk.proposals.errors import AppealUsed, ObjectionTooLate, ObjectionUsed
from rembuk.proposals.models import Decision, Objection, Proposal
from rembuk.proposals.notices import authors, offices
from rembuk.proposals.states import APPEAL, EDITABLE_BY_AUTHOR, OBJECT, REJECT, WITHDRAW, State
from rembuk.taxonomy.tree import settled

# A change of these after publication makes a new version.
MATERIAL = frozenset({"title", "body", "place", "region"})


@transaction.atomic
def edit_proposal(
    proposal: Proposal, content: Content, *, by: Person, reason: str = "", at: datetime | None = None
) -> Proposal:
    """Change a returned or published proposal. A material change of a public one makes a version.

    The version keeps ``reason``, shows its difference to everybody, and supporters and followers are told.

    Raises:
        Denied: to anybody but the author.
        Invalid: when something is missing afterwards, or a public text changes without a reason.
        WrongState: in a state whose text stands fast.
    """
    found = lock(proposal)
    require(rules.is_author(found, by))
    if found.state not in EDITABLE_BY_AUTHOR or found.code is None:
        raise WrongState(_("The text can't be changed now: the proposal is “%s”.") % State(found.state).label)
    changed = _apply(found, content)
    if not changed:
        return found
    moment = instant(at)
    names = [*changed]
    if found.published_at is not None and MATERIAL & set(changed):
        found.version += 1
        names.append("version")
        keep_version(found, at=moment, reason=_required_reason(reason))
    found.changed_at = moment
    found.save(update_fields=[*names, *rendered(found), "changed_at"])
    _after_edit(found, names, reason, moment)
    audit.record(
        verbs.EDITED,
        by=actor_of(by),
        target=audit_target(found),
        after={"fields": changed, "version": found.version},
        reason=reason,
        at=at,
    )
    return found


def _apply(found: Proposal, content: Content) -> list[str]:
    stood_in = found.category_id
    values = {**content.fields(), "category": settled(content.category)}
    changed = [name for name, value in values.items() if getattr(found, name) != value]
    for name in changed:
        setattr(found, name, values[name])
    if problems := missing(found, stands_in=stood_in):
        raise Invalid(_("Some answers are still missing."), fields=problems)
    for name, value in rendered(found).items():
        setattr(found, name, value)
    return changed


def _required_reason(reason: str) -> str:
    line = clean_line(reason)[:300]
    if not line:
        message = _("Say in one sentence what you changed and why; everybody reads it.")
        raise Invalid(message, fields={"reason": [message]})
    return line


def _after_edit(found: Proposal, names: list[str], reason: str, at: datetime) -> None:
    subject = subject_of(found)
    subject.title, subject.hides_author = found.title, found.is_name_masked
    subject.save(update_fields=["title", "hides_author"])
    refresh_search(found)
    if "version" in names:
        authors.proposal_edited(found, clean_line(reason), at)


@transaction.atomic
def withdraw_proposal(
    proposal: Proposal, *, by: Person, reason: str = "", at: datetime | None = None
) -> Decision:
    """Take a sent proposal back; what waits for it is closed. Its page stays if it was public.

    Raises:
        Denied: to anybody but the author.
        WrongState: once an office has answered, or before it was sent.
    """
    found = lock(proposal)
    require(rules.is_author(found, by))
    subject, moment = subject_of(found), instant(at)
    words = clean_text(reason)[: OWN_WORDS_LENGTH[1]]
    decision = take_step(found, WITHDRAW, by=by, because=Because(explanation=words), at=at)
    found.dispositions.filter(closed_at=None).update(closed_at=moment)
    close_cases(subject, list(Case.Kind), outcome=WITHDRAW.name, by=by, at=moment)
    authors.proposal_withdrawn(found, words, moment)
    return decision


@transaction.atomic
def appeal_rejection(proposal: Proposal, *, by: Person, text: str, at: datetime | None = None) -> Objection:
    """Appeal, once, against not being published: somebody who did not decide before decides.

    Raises:
        AppealUsed: the second time.
        Denied: to anybody but the author.
        Invalid: for fewer than 20 characters.
        WrongState: unless it was rejected.
    """
    found = lock(proposal)
    require(rules.is_author(found, by))
    if found.objections.filter(kind=Objection.Kind.APPEAL).exists():
        raise AppealUsed
    check_step(found, APPEAL)
    words = _own_words(text)
    moment = instant(at)
    decision = found.decisions.filter(step=REJECT.name).order_by("-at", "-id").first()
    first = decision.by if decision else None
    objection = _object(found, Objection.Kind.APPEAL, words, first, moment)
    take_step(found, APPEAL, by=by, because=Because(explanation=words), at=at)
    case = wait_for_moderation(found, kind=Case.Kind.APPEAL, barred=[first], at=moment)
    authors.proposal_appealed(found, case.due_at, moment)
    offices.second_decision_waiting(found, case, moment)
    return objection


@transaction.atomic
def object_to_answer(proposal: Proposal, *, by: Person, text: str, at: datetime | None = None) -> Objection:
    """Object, once, to the answer «tidak dilanjutkan»: it is under review again and a second person decides.

    Raises:
        Denied: to anybody but the author.
        Invalid: for fewer than 20 characters.
        ObjectionTooLate: when the working days for it are over.
        ObjectionUsed: the second time.
        WrongState: unless it was declined.
    """
    found = lock(proposal)
    require(rules.is_author(found, by))
    if found.objections.filter(kind=Objection.Kind.OBJECTION).exists():
        raise ObjectionUsed
    check_step(found, OBJECT)
    moment = instant(at)
    answer = found.answers.select_related("by", "unit").first()
    if answer is None or moment > deadlines.objection_due(answer.at):
        raise ObjectionTooLate
    words = _own_words(text)
    due = deadlines.objection_due(moment)
    objection = _object(found, Objection.Kind.OBJECTION, words, answer.by, moment)
    because = Because(explanation=words)
    take_step(found, OBJECT, by=by, because=because, at=at, changes={"answer_due_at": due})
    barred = [found.author, answer.by]
    case = open_case(
        Case.Kind.OBJECTION, subject_of(found), due_at=due, at=moment, unit=answer.unit, barred=barred
    )
    offices.second_decision_waiting(found, case, moment)
    authors.proposal_objected(found, due, moment)
    return objection


def _object(
    proposal: Proposal, kind: Objection.Kind, text: str, first: Person | None, at: datetime
) -> Objection:
    return Objection.objects.create(proposal=proposal, kind=kind, text=text, at=at, first_decided_by=first)


def _own_words(text: str) -> str:
    words = clean_text(text)
    least, most = OWN_WORDS_LENGTH
    if not least <= len(words) <= most:
        message = _("Give your reason in %(least)s to %(most)s characters.") % {"least": least, "most": most}
        raise Invalid(message, fields={"text": [message]})
    return words
