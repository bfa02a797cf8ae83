"""Loket: withdrawing several printed codes that nobody used, after a question that names the count."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rembuk.management.actions import desk_accounts as actions
from rembuk.management.desk import selectors
from rembuk.web.answers import see_other
from rembuk.web.components.formats import number
from rembuk.web.guards import PersonRequest
from rembuk.web.management.desk_accounts.desk import CRUMBS, LIST, officers
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.lists.many import Asked, ask
from rembuk.web.management.pages import attempt


@officers
@require_POST
def many(request: PersonRequest) -> HttpResponse:
    """Withdraw the codes of the selected accounts that still wait for their person."""
    asked = Asked.of(request, ("tarik",))
    waiting = {
        str(account.person.public_id): account
        for account in selectors.waiting_among(asked.keys, request.user)
    }
    form, done = ReasonForm(request.POST if asked.is_confirmed else None), list[int]()

    def act() -> None:
        reason = form.cleaned_data["reason"]
        done.append(actions.withdraw_codes(list(waiting.values()), by=request.user, reason=reason))

    if waiting and attempt(form, act):
        words = ngettext("%(n)s code was withdrawn.", "%(n)s codes were withdrawn.", done[0])
        return see_other(request, reverse(LIST), words % {"n": number(done[0])})
    chosen = {key: account.person.shown_name for key, account in waiting.items()}
    urls = (reverse("desk_management:desk_accounts_many"), reverse(LIST))
    return ask(request, asked, chosen, urls, CRUMBS, form=form, words=_question(len(chosen)))


def _question(count: int) -> tuple[str, str, str]:
    title = ngettext("Withdraw %(n)s code?", "Withdraw %(n)s codes?", count) % {"n": number(count)}
    text = _(
        "These slips stop working at once. Only codes that still wait for their person are listed. The accounts stay; "
        "each can get a new code."
    )
    return title, text, _("Withdraw codes")
