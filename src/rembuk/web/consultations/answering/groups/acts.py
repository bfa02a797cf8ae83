"""What staff do with a group: the acts of its page, each with its form and its address."""

from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.accounts.models import Person
from rembuk.consultations import rules
from rembuk.consultations.actions.grouping import editing
from rembuk.consultations.actions.grouping.answering import answer_group
from rembuk.consultations.actions.grouping.suggesting import GROUPABLE, LONGEST_TITLE
from rembuk.consultations.matrix import like
from rembuk.consultations.models import MatrixGroup
from rembuk.consultations.states import ANSWERING
from rembuk.web.consultations.answering.forms import AnswerForm, NothingForm
from rembuk.web.consultations.answering.groups.members import ticked
from rembuk.web.desk.acts import Act, ActForm

_MOST_NAMED = 3


class MembersForm(ActForm):
    """The ticked texts of the group."""

    def chosen(self) -> list[Any]:
        """The rows that say them."""
        data: Any = self.data
        return ticked(self.thing, data.getlist("selected"), self.by)


class RenameForm(ActForm):
    """What the group is called among staff."""

    title = forms.CharField(label=gettext_lazy("What the group is about"), max_length=LONGEST_TITLE)

    def prepare(self) -> None:
        self.field("title").initial = self.thing.title


class MergeForm(ActForm):
    """Another group of the consultation that is as far as this one."""

    other = forms.ChoiceField(label=gettext_lazy("Group that comes in"))

    def prepare(self) -> None:
        of = like.suggested if self.thing.confirmed_at is None else like.confirmed
        others = of(self.thing.consultation, self.by).exclude(pk=self.thing.pk).order_by("title", "id")
        self.others = {str(one.public_id): one for one in others}
        named = [(key, f"{one.title} ({one.size})") for key, one in self.others.items()]  # type: ignore[attr-defined]
        self.field("other").choices = [("", _("Choose a group")), *named]

    def chosen(self) -> MatrixGroup:
        """The group that was chosen."""
        return self.others[self.cleaned_data["other"]]


def is_editable(group: MatrixGroup, by: Person) -> bool:
    """Whether this person may change the group now."""
    is_standing = group.dismissed_at is None and group.consultation.state in ANSWERING
    return is_standing and rules.may_assign(group.consultation, by).ok


def _is_waiting(group: MatrixGroup, by: Person) -> bool:
    return group.confirmed_at is None and is_editable(group, by)


def _is_answerable(group: MatrixGroup, by: Person) -> bool:
    is_confirmed = group.confirmed_at is not None and is_editable(group, by)
    return is_confirmed and group.rows.filter(state__in=GROUPABLE).exists()


def _confirm(group: MatrixGroup, form: Any, by: Person) -> str:
    editing.confirm_group(group, form.chosen(), by=by)
    return _("The group is confirmed. One answer serves all of it.")


def _split(group: MatrixGroup, form: Any, by: Person) -> str:
    made = editing.split_group(group, form.chosen(), by=by)
    return _("The ticked rows are a group of their own now: “%(title)s”.") % {"title": made.title}


def _remove(group: MatrixGroup, form: Any, by: Person) -> str:
    left = editing.remove_rows(group, form.chosen(), by=by)
    if left is None:
        return _("The rows stand by themselves again. The group had too few left and is gone.")
    return _("The ticked rows stand by themselves again.")


def _dismiss(group: MatrixGroup, form: Any, by: Person) -> str:
    editing.dismiss_group(group, by=by)
    return _("The rows stand by themselves again. They are not suggested together any more.")


def _rename(group: MatrixGroup, form: Any, by: Person) -> str:
    editing.rename_group(group, title=form.cleaned_data["title"], by=by)
    return _("The group has a new name.")


def _merge(group: MatrixGroup, form: Any, by: Person) -> str:
    editing.merge_groups(group, form.chosen(), by=by)
    return _("The two groups are one.")


def _answer(group: MatrixGroup, form: Any, by: Person) -> str:
    """Propose the answer for every row of the group; rows that have one already keep it."""
    done = answer_group(group, answer=form.answer, by=by)
    number = len(done.rows)
    words = [
        ngettext("The answer is proposed for %(n)d row.", "The answer is proposed for %(n)d rows.", number)
        % {"n": number}
    ]
    for why, left in Counter(why for _row, why in done.refused).most_common(_MOST_NAMED):
        sentence = ngettext("%(n)d row was left out: %(why)s", "%(n)d rows were left out: %(why)s", left)
        words.append(sentence % {"n": left, "why": why})
    return " ".join(words)


CONFIRM = Act(
    name="pastikan",
    title=gettext_lazy("Confirm the group"),
    button=gettext_lazy("The ticked ones belong together"),
    form=MembersForm,
    is_open=_is_waiting,
    perform=_confirm,
)
SPLIT = Act(
    name="pisahkan",
    title=gettext_lazy("Split the group"),
    button=gettext_lazy("Put the ticked ones into a new group"),
    form=MembersForm,
    is_open=is_editable,
    perform=_split,
)
REMOVE = Act(
    name="keluarkan",
    title=gettext_lazy("Take out of the group"),
    button=gettext_lazy("Take the ticked ones out"),
    form=MembersForm,
    is_open=is_editable,
    perform=_remove,
)
DISMISS = Act(
    name="bubarkan",
    title=gettext_lazy("Dismiss the group"),
    button=gettext_lazy("They don't belong together"),
    form=NothingForm,
    is_open=_is_waiting,
    perform=_dismiss,
)
ANSWER = Act(
    name="jawab",
    title=gettext_lazy("Answer the group once"),
    button=gettext_lazy("Propose for all rows"),
    form=AnswerForm,
    is_open=_is_answerable,
    perform=_answer,
)
RENAME = Act(
    name="nama",
    title=gettext_lazy("Rename the group"),
    button=gettext_lazy("Rename"),
    form=RenameForm,
    is_open=is_editable,
    perform=_rename,
)
MERGE = Act(
    name="gabungkan",
    title=gettext_lazy("Merge with another group"),
    button=gettext_lazy("Merge"),
    intro=gettext_lazy("All rows of the other group come into this one; the other one goes away."),
    form=MergeForm,
    is_open=is_editable,
    perform=_merge,
)
# Acts on the ticked texts: buttons under the list. The others are forms of their own.
ON_TICKED = (CONFIRM, SPLIT, REMOVE, DISMISS)
PANELS = (RENAME, MERGE)
BY_NAME = {act.name: act for act in (*ON_TICKED, ANSWER, *PANELS)}
# After these the group itself may be gone.
LEADS_AWAY = frozenset({REMOVE.name, DISMISS.name})
