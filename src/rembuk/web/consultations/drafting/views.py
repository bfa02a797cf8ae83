"""Staff pages of a text: paste, mend, match, publish, discard."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.access.permissions import CONSULTATION_EDIT, CONSULTATION_PUBLISH
from rembuk.common.errors import Invalid, require
from rembuk.consultations import doors, rules
from rembuk.consultations.actions import text as acts
from rembuk.consultations.actions import versions
from rembuk.consultations.selectors import wording
from rembuk.web.answers import see_other
from rembuk.web.consultations.drafting import board, matching, mends
from rembuk.web.consultations.drafting.forms import PublishForm, SourceForm, show_refusal
from rembuk.web.guards import PersonRequest, requires

HERE = "consultations/drafting"


@requires(CONSULTATION_EDIT)
def text(request: PersonRequest, code: str) -> HttpResponse:
    """The versions, and the place where a text is pasted or its source edited again."""
    found = doors.for_desk(code, request.user)
    require(rules.may_edit(found, request.user))
    is_sent = request.method == "POST"
    work = wording.version_in_work(found) or wording.published_version(found)
    form = SourceForm(request.POST if is_sent else None, initial={"source": work.source if work else ""})
    if is_sent and form.is_valid():
        try:
            version = acts.read_source(found, form.cleaned_data["source"], by=request.user)
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            count = len((version.tree or {})["parts"])
            flash = _("The text was read: %(count)s parts. Look through them and mend what is wrong.")
            return see_other(request, board.address(found, "text_mend"), flash % {"count": count})
    context = {**board.text_context(found, request.user), "form": form}
    return render(request, f"{HERE}/text.html", context, status=422 if is_sent else 200)


@requires(CONSULTATION_EDIT)
def mend(request: PersonRequest, code: str) -> HttpResponse:
    """The parts that were read, shown for mending before they are kept."""
    found = doors.for_desk(code, request.user)
    require(rules.may_edit(found, request.user))
    place = board.Place.asked(request.GET)
    if request.method != "POST":
        return render(request, f"{HERE}/mend.html", board.mend_context(found, request.user, place))
    sent, fault = mends.sent_by(request.POST), ""
    if sent.is_typed_right:
        try:
            name, flash = mends.carry_out(board.in_work(found), sent, by=request.user)
            return see_other(request, place.address(found, name, sent.part), flash)
        except Invalid as refusal:
            fault = show_refusal(sent.form, refusal)
    context = board.mend_context(found, request.user, place.at(sent.part), sent.form)
    return render(request, f"{HERE}/mend.html", {**context, "fault": fault}, status=422)


@requires(CONSULTATION_EDIT)
def matches(request: PersonRequest, code: str) -> HttpResponse:
    """What each part carries on, beside each other; doubtful ones are decided here."""
    found = doors.for_desk(code, request.user)
    require(rules.may_edit(found, request.user))
    fault, place = "", board.Place.asked(request.GET)
    if request.method == "POST":
        try:
            decisions = matching.decisions_of(request.POST)
            versions.confirm_matches(board.in_work(found), decisions, by=request.user)
            return see_other(request, board.address(found, "matches"), _("The matches are confirmed."))
        except Invalid as refusal:
            fault = str(refusal.message)
    context = {**matching.matches_context(found, request.user, place), "fault": fault}
    return render(request, f"{HERE}/matches.html", context, status=422 if fault else 200)


@requires(CONSULTATION_PUBLISH)
def publish(request: PersonRequest, code: str) -> HttpResponse:
    """Publish the version in work, with a public note."""
    found = doors.for_desk(code, request.user)
    require(rules.may_publish(found, request.user))
    version, is_sent = board.in_work(found), request.method == "POST"
    form = PublishForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            versions.publish_version(version, by=request.user, note=form.cleaned_data["note"])
            flash = _("Version %(number)s is published.") % {"number": version.number}
            return see_other(request, board.address(found, "text"), flash)
        except Invalid as refusal:
            show_refusal(form, refusal)
    context = {**board.publish_context(found, request.user), "form": form}
    return render(request, f"{HERE}/publish.html", context, status=422 if is_sent else 200)


@requires(CONSULTATION_EDIT)
def discard(request: PersonRequest, code: str) -> HttpResponse:
    """Give the version in work up, after one question."""
    found = doors.for_desk(code, request.user)
    require(rules.may_edit(found, request.user))
    version = board.in_work(found)
    if request.method == "POST":
        acts.discard_text(version, by=request.user)
        return see_other(request, board.address(found, "text"), _("The version in work is discarded."))
    return render(request, f"{HERE}/discard.html", board.discard_context(found, request.user, version))
