"""Changing a role in two steps: a page that shows what changes for whom, then the save with a reason.

Here: the four acts and their way from the preview to the save. Not here: the form of names and ticks (``desk``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.common.errors import Denied, Invalid
from rembuk.management.roles import actions, rules
from rembuk.management.roles.errors import RoleChanged
from rembuk.management.roles.states import RoleState, restored, retired, seeded
from rembuk.web.answers import see_other
from rembuk.web.errors import note_denied
from rembuk.web.guards import PersonRequest
from rembuk.web.management.pages import page
from rembuk.web.management.roles.forms import SaveForm
from rembuk.web.management.roles.preview import changed_meanwhile, preview_context
from rembuk.web.management.roles.rows import crumbs_of, page_of_role
from rembuk.web.management.roles.sight import FIELD, Sight, seal, unseal

STEP, SAVE, BACK = "langkah", "simpan", "ubah"
type Save = Callable[[Role, Sight, str, Person], None]


@dataclass(frozen=True, slots=True)
class Act:
    """One way to change a role: its words, and what it makes of the role and does."""

    name: str
    title: Promise
    lede: Promise
    button: Promise
    done: Promise
    save: Save
    wanted: Callable[[Role, RoleState], RoleState | None] = lambda _role, _now: None
    tone: str = ""


def _change(role: Role, sight: Sight, reason: str, by: Person) -> None:
    actions.change_role(role, sight.wanted, seen=sight.seen, reason=reason, by=by)


def _retire(role: Role, sight: Sight, reason: str, by: Person) -> None:
    actions.retire_role(role, seen=sight.seen, reason=reason, by=by)


def _restore(role: Role, sight: Sight, reason: str, by: Person) -> None:
    actions.restore_role(role, seen=sight.seen, reason=reason, by=by)


def _reset(role: Role, sight: Sight, reason: str, by: Person) -> None:
    actions.reset_role(role, seen=sight.seen, reason=reason, by=by)


CHANGE = Act(
    "change",
    _("Change %(role)s: what it does"),
    _("Nothing is saved yet. This is what changes, and for whom. It holds from their next click on."),
    _("Save the change"),
    _("The role was changed."),
    _change,
)
RETIRE = Act(
    "retire",
    _("Retire %(role)s"),
    _("Nothing is saved yet. Grants of the role stay and give nothing, until it is put back into use."),
    _("Retire the role"),
    _("The role is retired."),
    _retire,
    lambda _role, now: retired(now),
    "bad",
)
RESTORE = Act(
    "restore",
    _("Put %(role)s back into use"),
    _("Nothing is saved yet. Grants of the role that are not over give its permissions again."),
    _("Put back into use"),
    _("The role is in use again."),
    _restore,
    lambda _role, now: restored(now),
)
RESET = Act(
    "reset",
    _("Set %(role)s back"),
    _(
        "Nothing is saved yet. The role gets the name, the words and the permissions back that every site starts with."
    ),
    _("Set it back"),
    _("The role was set back."),
    _reset,
    lambda role, _now: seeded(role),
)


def preview(
    request: PersonRequest,
    role: Role,
    act: Act,
    sight: Sight,
    *,
    form: SaveForm | None = None,
    meanwhile: Sight | None = None,
) -> HttpResponse:
    """The page that shows what changes for whom and asks why; without its button where a guard rail stands."""
    verdict = rules.may_change_role(request.user, role, sight.seen, sight.wanted)
    context: dict[str, Any] = {
        "role": role,
        "form": form or SaveForm(initial={"reason": request.POST.get("reason", "")}),
        "lede": act.lede,
        "label": act.button,
        "tone": act.tone,
        "refusal": "" if verdict.ok else str(verdict),
        "token_name": FIELD,
        "token": seal(sight, act.name, role, request.user),
        "may_go_back": act is CHANGE,
        "back_url": page_of_role(role),
        "meanwhile": changed_meanwhile(meanwhile) if meanwhile else None,
        **preview_context(role, sight, request.user),
    }
    title = str(act.title) % {"role": role.label}
    answer = page(request, "roles/preview", title=title, crumbs=crumbs_of(role), **context)
    if not verdict.ok:
        answer.status_code = 403
    elif meanwhile is not None:
        answer.status_code = 409
    return answer


def save(request: PersonRequest, role: Role, act: Act, sight: Sight) -> HttpResponse:
    """Save what was shown; what somebody else did meanwhile is shown first (409), with the wish upon it."""
    form = SaveForm(request.POST)
    if not form.is_valid():
        return preview(request, role, act, sight, form=form)
    try:
        act.save(role, sight, form.cleaned_data["reason"], request.user)
    except Invalid as fault:
        form.show(fault)
        return preview(request, role, act, sight, form=form)
    except RoleChanged as clash:
        wanted = act.wanted(role, clash.now)
        again = Sight(clash.now, wanted) if wanted else sight.upon(clash.now)
        return preview(request, role, act, again, meanwhile=Sight(sight.seen, clash.now))
    except Denied as denial:
        note_denied(request, denial)
        return preview(request, role, act, sight, form=form)
    return see_other(request, page_of_role(role), str(act.done))


def turn(request: PersonRequest, role: Role, act: Act, now: RoleState) -> HttpResponse:
    """An act without a form of its own: opened it shows what it does, sent from there it does it."""
    sight = unseal(request.POST, act.name, role, request.user) if request.method == "POST" else None
    if sight is not None and request.POST.get(STEP) == SAVE:
        return save(request, role, act, sight)
    wanted = act.wanted(role, now)
    if wanted is None or wanted == now:
        return see_other(request, page_of_role(role), str(_("There is nothing to change.")))
    return preview(request, role, act, Sight(now, wanted))
