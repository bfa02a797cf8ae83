"""Answering with a page of the account area: 422 where its form has errors."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from rembuk.web.accounts import ways


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, be it empty; ``None`` when the page is only opened."""
    return request.POST if request.method == "POST" else None


def page(
    request: HttpRequest, name: str, *, title: str, status: int = 200, **context: object
) -> HttpResponse:
    """The page ``templates/accounts/NAME.html``; ``next`` is the way back that its form passes on."""
    forms = [value for value in context.values() if isinstance(value, BaseForm)]
    if any(form.is_bound and form.errors for form in forms):
        status = 422
    context |= {"page_title": title, "next": ways.way_back(request)}
    return render(request, f"accounts/{name}.html", context, status=status)
