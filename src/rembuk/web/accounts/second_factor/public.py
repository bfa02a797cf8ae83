"""Own pages of the second factor: how it stands, setting up the app, recovery codes, turning it off."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access.rights import acting
from rembuk.accounts.actions import second_factor as actions
from rembuk.accounts.quotas import OWN_PASSWORD
from rembuk.accounts.second_factor.selectors import has_second_factor, second_factor_of
from rembuk.audit.actors import Actor
from rembuk.common.errors import Denied, Invalid
from rembuk.web.accounts import door
from rembuk.web.accounts.own.forms import PresentPasswordForm
from rembuk.web.accounts.pages import page, sent
from rembuk.web.accounts.second_factor import required, setting_up
from rembuk.web.accounts.second_factor.forms import ProofForm, SetupForm
from rembuk.web.accounts.second_factor.public_step import fits, wrong
from rembuk.web.accounts.sessions import keeping
from rembuk.web.addresses import client_address
from rembuk.web.answers import SeeOther, see_other
from rembuk.web.guards import PersonRequest, signed_in

HERE = "accounts:second_factor"


@signed_in
def overview(request: PersonRequest) -> HttpResponse:
    """How it stands: since when, how many recovery codes are left, and by when staff must have it."""
    person = request.user
    found = second_factor_of(person)
    return page(
        request,
        "second_factor",
        title=_("Second factor"),
        factor=found,
        **({} if found else required.grace_of(person)),
        is_required=required.is_required_of(person),
    )


@signed_in
@keeping.nothing_kept
def setup(request: PersonRequest) -> HttpResponse:
    """Set up an app, or another one, by its first code and the password."""
    person, secret = request.user, setting_up.secret(request)
    is_change = has_second_factor(person)
    form = SetupForm(person, sent(request), secret=secret, is_change=is_change)
    if (
        request.method == "POST"
        and _is_proven(request, form, "old_code")
        and _turned_on(request, form, secret)
    ):
        return SeeOther(reverse("accounts:second_factor_codes"))
    return page(
        request,
        "second_factor_setup",
        title=_("Set up another app") if is_change else _("Set up the second factor"),
        form=form,
        picture=setting_up.picture(secret, person),
        secret=setting_up.in_groups(secret),
        **({} if is_change else required.grace_of(person)),
    )


@signed_in
@keeping.nothing_kept
def codes(request: PersonRequest) -> HttpResponse:
    """The recovery codes, just after they were made; afterwards new ones can be made. POST puts them away."""
    shown = setting_up.codes_to_show(request)
    if shown and request.method == "POST":
        setting_up.put_away(request)
        waits = keeping.kept(request) is not None
        return SeeOther(reverse("accounts:kept_form" if waits else HERE))
    if shown:
        return page(request, "recovery_codes", title=_("Your recovery codes"), codes=shown)
    if not has_second_factor(request.user):
        return SeeOther(reverse(HERE))
    form = ProofForm(request.user, sent(request))
    if request.method == "POST" and _is_proven(request, form, "code"):
        setting_up.show_once(request, actions.renew_codes(request.user, by=_by(request)))
        return SeeOther(request.path)
    return page(request, "recovery_codes_new", title=_("New recovery codes"), form=form)


@signed_in
def codes_file(request: PersonRequest) -> HttpResponse:
    """The recovery codes as a text file, while the page shows them."""
    shown = setting_up.codes_to_show(request)
    if not shown:
        return SeeOther(reverse("accounts:second_factor_codes"))
    text = setting_up.codes_as_text(shown, request.user)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kode-pemulihan.txt"'
    return response


@signed_in
@keeping.nothing_kept
def turn_off(request: PersonRequest) -> HttpResponse:
    """Turn it off with password and code; refused where it is required."""
    if required.is_required_of(request.user):
        raise Denied(
            _("Your role needs the second factor, so you can't turn it off. You can set up another app.")
        )
    if not has_second_factor(request.user):
        return SeeOther(reverse(HERE))
    form = ProofForm(request.user, sent(request))
    if request.method == "POST" and _is_proven(request, form, "code"):
        actions.turn_off(request.user, by=_by(request), keep_session=request.session.session_key or "")
        required.remember(request, request.user)
        return see_other(request, reverse(HERE), _("The second factor is turned off."))
    return page(request, "second_factor_off", title=_("Turn the second factor off"), form=form)


def _by(request: PersonRequest) -> Actor:
    return acting(request.user, address=client_address(request))


def _is_proven(request: PersonRequest, form: PresentPasswordForm, field: str) -> bool:
    """Whether the password is right and, where the form asks for one, the code; wrong ones are counted."""
    person = request.user
    door.spend(OWN_PASSWORD, str(person.pk))
    is_whole = form.is_valid()
    if "present" not in form.errors:
        OWN_PASSWORD.give_back(str(person.pk))
    if not is_whole:
        return False
    if field in form.fields and not fits(request, person, form.cleaned_data[field]):
        form.add_error(field, wrong())
        return False
    return True


def _turned_on(request: PersonRequest, form: SetupForm, secret: str) -> bool:
    key = request.session.session_key or ""
    try:
        fresh = actions.turn_on(
            request.user, secret, form.cleaned_data["code"], by=_by(request), keep_session=key
        )
    except Invalid as fault:
        form.add_error("code", str(fault))
        return False
    setting_up.show_once(request, fresh)
    required.remember(request, request.user)
    return True
