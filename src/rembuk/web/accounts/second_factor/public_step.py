"""The step of a sign-in after the right password: a code of the app, or a recovery code."""

from allauth.account.stages import LoginStage, LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access.rights import acting
from rembuk.accounts.actions import second_factor
from rembuk.accounts.models import Person
from rembuk.accounts.second_factor import quotas
from rembuk.common import clock
from rembuk.common.errors import Busy
from rembuk.web.accounts import door
from rembuk.web.accounts.pages import page, sent
from rembuk.web.accounts.second_factor.forms import CodeForm
from rembuk.web.addresses import client_address
from rembuk.web.answers import SeeOther
from rembuk.web.guards import open_form


@open_form
def step(request: HttpRequest) -> HttpResponse:
    """Ask for the code. One answer for a wrong, an old and a used code, of whichever kind."""
    stage = _waiting(request)
    if stage is None:
        return SeeOther(reverse("account_login"))
    is_recovery = "pemulihan" in request.GET
    form = CodeForm(sent(request), is_recovery=is_recovery)
    if form.is_valid():
        if fits(request, stage.login.user, form.cleaned_data["code"]):
            response: HttpResponse = stage.exit()
            response.status_code = 303
            return response
        form.add_error("code", wrong())
    return page(request, "second_factor_step", title=_("Enter your code"), form=form, is_recovery=is_recovery)


def fits(request: HttpRequest, person: Person, code: str) -> bool:
    """Whether a code shows that it is the person; wrong ones are counted for the account, wherever they come from.

    Raises:
        TooMany: after too many wrong ones.
        Busy: when others hash already; the try does not count, since nothing was learnt by it.
    """
    tried = clock.now()
    for quota in quotas.ALL:
        door.spend(quota, str(person.pk), at=tried)
    by = acting(person, address=client_address(request))
    try:
        is_proven = second_factor.prove(person, code, by=by) is not None
    except Busy:
        quotas.give_back(person.pk, at=tried)
        raise
    if is_proven:
        quotas.give_back(person.pk, at=tried)
    return is_proven


def wrong() -> str:
    """What is said of a code that does not fit."""
    return _("This code does not fit, or it was used already. Try the next one.")


def _waiting(request: HttpRequest) -> LoginStage | None:
    """The sign-in of this browser that waits for a code: of an account in use, with the password it still has."""
    if request.user.is_authenticated:
        return None
    stage: LoginStage | None = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None or not door.is_of_present_password(stage.login) or not stage.login.user.is_active:
        return None
    return stage
