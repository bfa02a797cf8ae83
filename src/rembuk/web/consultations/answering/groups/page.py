"""The staff page of one group: its texts to be ticked, its answer, its name; and the page of rows that are like one row."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.consultations import rules
from rembuk.consultations.actions.grouping.suggesting import GROUPABLE
from rembuk.consultations.matrix import like, progress
from rembuk.consultations.models import Consultation, MatrixGroup, MatrixRow
from rembuk.consultations.states import ANSWERING
from rembuk.web.consultations.answering.groups import acts
from rembuk.web.consultations.answering.groups.members import Member, mark, members_of, row_url
from rembuk.web.consultations.answering.lists import about
from rembuk.web.consultations.tabs import desk_crumbs, desk_frame
from rembuk.web.desk.acts import Act, ActForm, Panel, form_of, panels

type Context = dict[str, Any]


def group_url(group: MatrixGroup) -> str:
    """The staff page of a group."""
    return reverse("desk_consultations:group", args=[group.consultation.code, group.public_id])


def act_url(group: MatrixGroup, act: Act) -> str:
    """Where an act on a group is sent."""
    place = [group.consultation.code, group.public_id, act.name]
    return reverse("desk_consultations:group_act", args=place)


def group_context(
    group: MatrixGroup, request: HttpRequest, by: Person, shown: Panel | None = None
) -> Context:
    """The whole page; ``shown`` is the form that was just sent and has to be mended."""
    code = group.consultation.code
    members, more = members_of(group, code, by)
    is_waiting = acts.CONFIRM.is_open(group, by)
    kept = set(request.POST.getlist("selected")) if shown is not None else None
    buttons = [
        {
            "label": act.button,
            "url": act_url(group, act),
            "is_first": act is acts.CONFIRM,
            "is_last": act is acts.DISMISS,
        }
        for act in acts.ON_TICKED
        if act.is_open(group, by) and any(member.is_movable for member in members)
    ]
    return {
        **desk_frame(group.consultation, by, "matrix", group.title),
        "crumbs": _crumbs(
            group.consultation, group.title, _("Groups"), reverse("desk_consultations:groups", args=[code])
        ),
        "group": group,
        "members": members,
        "number": sum(member.rows for member in members),
        "more": more,
        "ticked": {member.key for member in members if is_waiting and (kept is None or member.key in kept)},
        "buttons": buttons,
        "answer": _answer(group, by, shown),
        "panels": panels(acts.PANELS, group, by, lambda act: act_url(group, act), shown),
        "shown_form": shown.form if shown else None,
        "list_url": reverse("desk_consultations:groups", args=[code]),
        "rows_url": f"{reverse('desk_consultations:matrix', args=[code])}?kelompok={group.public_id}",
    }


def shown_panel(group: MatrixGroup, act: Act, form: ActForm) -> Panel:
    """The form that was just sent, unfolded."""
    return Panel(act, form, act_url(group, act), is_unfolded=True)


def _answer(group: MatrixGroup, by: Person, shown: Panel | None) -> Panel | None:
    if shown is not None and shown.act is acts.ANSWER:
        return shown
    if not acts.ANSWER.is_open(group, by):
        return None
    return Panel(acts.ANSWER, form_of(acts.ANSWER, group, by), act_url(group, acts.ANSWER), is_unfolded=True)


def like_context(row: MatrixRow, by: Person, fault: str = "") -> Context:
    """Rows that are like one row, to be put together with it."""
    found = like.like_rows(row, by)
    labels = progress.clause_labels(row.consultation)
    members = [_member(row, row, 100), *(_member(one.row, row, round(one.score * 100)) for one in found)]
    mark(members)
    may_group = row.consultation.state in ANSWERING and rules.may_assign(row.consultation, by).ok
    code = f"{row.submission.code}#{row.number}"
    return {
        **desk_frame(row.consultation, by, "matrix", _("Rows like %(row)s") % {"row": code}),
        "crumbs": _crumbs(
            row.consultation, _("Like rows"), code, row_url(row.consultation.code, row.public_id)
        ),
        "row": row,
        "about": about(row, labels),
        "mine": members[0],
        "members": members[1:],
        "may_group": may_group
        and row.state in GROUPABLE
        and any(member.is_movable for member in members[1:]),
        "group": row.group,
        "group_url": group_url_of(row),
        "row_url": row_url(row.consultation.code, row.public_id),
        "fault": fault,
    }


def _crumbs(consultation: Consultation, here: str, above: str, url: str) -> list[dict[str, str]]:
    *way, last = desk_crumbs(consultation, here)
    return [*way, {"label": above, "url": url}, last]


def group_url_of(row: MatrixRow) -> str:
    """The page of the group a row stands in, if any."""
    if row.group is None:
        return ""
    return reverse("desk_consultations:group", args=[row.consultation.code, row.group.public_id])


def _member(row: MatrixRow, of: MatrixRow, score: int) -> Member:
    """A row as a member of the page of ``of``; rows that stand together already or in a confirmed group are not ticked."""
    is_together = row.group is not None and row.group_id == of.group_id
    in_other = row.group is not None and row.group.confirmed_at is not None
    note = _("in the same group") if is_together else ""
    if row.group is not None and not is_together:
        note = _("in the group “%(title)s”") % {"title": row.group.title}
    return Member(
        key=str(row.public_id),
        text=row.text,
        url=row_url(row.consultation.code, row.public_id),
        code=f"{row.submission.code}#{row.number}",
        stance=row.submission.stance,
        state=row.state,
        rows=1,
        is_movable=row.state in GROUPABLE and not in_other and not is_together,
        score=score,
        note=note,
    )
