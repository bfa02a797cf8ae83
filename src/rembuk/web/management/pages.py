"""What the management pages share: guards for the whole site, sending a form, answering with a page."""

from collections.abc import Callable
from functools import wraps

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from rembuk.access.permissions import Permission
from rembuk.common.errors import Denied, Invalid, require
from rembuk.management import rules
from rembuk.web.errors import note_denied
from rembuk.web.guards import PersonRequest, View, requires
from rembuk.web.management.fields import ManagedForm

type Crumb = tuple[str | Promise, str]


def site_wide(permission: Permission) -> Callable[[Callable[..., HttpResponse]], View]:
    """A page of what has no unit: for holders of the permission in the whole instansi."""

    def decorate(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def whole(request: PersonRequest, *args: object, **kwargs: object) -> HttpResponse:
            require(rules.may_manage_site(request.user, permission))
            return view(request, *args, **kwargs)

        return requires(permission)(whole)

    return decorate


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form; ``None`` when the page is only opened."""
    return request.POST if request.method == "POST" else None


def attempt(form: ManagedForm, act: Callable[[], object]) -> bool:
    """Do what a form asks, if it is sent and well; a refusal is shown in the form, with all that was typed."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as fault:
        form.show(fault)
        return False
    except Denied as denial:
        form.deny(denial)
        return False
    return True


def page(
    request: HttpRequest, name: str, *, title: str, crumbs: list[Crumb] | None = None, **context: object
) -> HttpResponse:
    """The page ``templates/management/NAME.html``: 422 where its form has errors, unless a ``status`` is given, and 403
    where what it asks was denied; crumbs are (label, route).
    """
    given = context.pop("status", None)
    forms = [value for value in context.values() if isinstance(value, BaseForm)]
    is_refused = any(form.is_bound and form.errors for form in forms)
    status = given if isinstance(given, int) else 422 if is_refused else 200
    denials = [form.denial for form in forms if isinstance(form, ManagedForm) and form.denial]
    for denial in denials:
        status = 403
        note_denied(request, denial)
    above = [{"label": label, "url": url if "/" in url else reverse(url)} for label, url in crumbs or []]
    context |= {"page_title": title, "crumbs": [*above, {"label": title}] if above else []}
    return render(request, f"management/{name}.html", context, status=status)
