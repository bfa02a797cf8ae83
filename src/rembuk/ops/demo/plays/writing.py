"""What author and moderators do in a story: write, send, publish, return, withdraw, hide."""

import uuid
from datetime import datetime, timedelta

from rembuk.access import permissions as izin
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.drawing import papers, pictures
from rembuk.ops.demo.plays.story import Step, Story
from rembuk.proposals.actions import attach, edit, hide, moderate, submit
from rembuk.proposals.actions.enter import Entry as OfficeEntry
from rembuk.proposals.actions.enter import enter_proposal
from rembuk.proposals.actions.steps import Bulk
from rembuk.proposals.choices import Channel, Source
from rembuk.proposals.models import Proposal

# How many proposals a bulk act of the texts was for.
_SIZES = {"musrenbang": 3, "pagi": 3}


def _draft(story: Story, step: Entry, at: datetime) -> Proposal:
    draft = submit.save_draft(uuid.uuid4(), story.content(), by=story.writer, at=at)
    story.world.proposals[story.key] = draft.pk
    for number, file in enumerate(story.entry.get("files", []), start=1):
        name = file.get("name", f"lampiran-{number}")
        made = (
            pictures.picture(file["scene"], name)
            if "scene" in file
            else papers.paper(file["title"], file["lines"], name)
        )
        attach.add_attachment(draft, made, by=story.writer, at=at)
    return draft


def _submit(story: Story, step: Entry, at: datetime) -> None:
    draft = _draft(story, step, at - timedelta(minutes=9))
    submit.submit_proposal(draft, by=story.writer, at=at)


def _enter(story: Story, step: Entry, at: datetime) -> None:
    unit = story.unit(step["unit"])
    entry = OfficeEntry(
        content=story.content(),
        on_behalf_of=step["for"],
        source=Source(step.get("source", "citizen")),
        channel=Channel(step.get("channel", "visit")),
        received_on=story.world.calendar.day(step["ago"] + 1),
    )
    by = story.world.people[step["by"]] if "by" in step else story.world.officer(izin.PROPOSAL_ENTER, unit)
    story.world.proposals[story.key] = enter_proposal(entry, unit=unit, by=by, at=at).pk


def _publish(story: Story, step: Entry, at: datetime) -> None:
    name = step.get("bulk")
    bulk = Bulk(uuid.uuid5(uuid.NAMESPACE_OID, name), _SIZES[name]) if name else None
    moderate.publish_proposal(story.proposal, by=story.moderator(), bulk=bulk, at=at)


def _return(story: Story, step: Entry, at: datetime) -> None:
    reason = story.world.reasons[step["reason"]]
    moderate.return_proposal(story.proposal, reason=reason, message=step["text"], by=story.moderator(), at=at)


def _resubmit(story: Story, step: Entry, at: datetime) -> None:
    changes: Entry = {name: step[name] for name in ("title", "body", "place") if name in step}
    if changes:
        edit.edit_proposal(story.proposal, story.content(**changes), by=story.writer, at=at)
        story.entry.update(changes)
    submit.resubmit_proposal(story.proposal, by=story.writer, at=at)


def _reject(story: Story, step: Entry, at: datetime) -> None:
    reason = story.world.reasons[step["reason"]]
    moderate.reject_proposal(story.proposal, reason=reason, message=step["text"], by=story.moderator(), at=at)


def _appeal(story: Story, step: Entry, at: datetime) -> None:
    edit.appeal_rejection(story.proposal, by=story.writer, text=step["text"], at=at)


def _duplicate(story: Story, step: Entry, at: datetime) -> None:
    of = story.world.proposal(step["of"])
    message = step.get("text", "")
    moderate.mark_duplicate(story.proposal, of=of, by=story.moderator(), message=message, at=at)


def _undo_duplicate(story: Story, step: Entry, at: datetime) -> None:
    moderate.undo_duplicate(story.proposal, message=step["text"], by=story.moderator(), at=at)


def _withdraw(story: Story, step: Entry, at: datetime) -> None:
    edit.withdraw_proposal(story.proposal, by=story.writer, reason=step["text"], at=at)


def _edit(story: Story, step: Entry, at: datetime) -> None:
    changes = {name: step[name] for name in ("title", "body", "place") if name in step}
    content = story.content(**changes)
    edit.edit_proposal(story.proposal, content, by=story.writer, reason=step["text"], at=at)


def _hide(story: Story, step: Entry, at: datetime) -> None:
    reason = story.world.reasons[step["reason"]]
    hide.hide_proposal(story.proposal, reason=reason, message=step["text"], by=story.moderator(), at=at)


def _unhide(story: Story, step: Entry, at: datetime) -> None:
    hide.unhide_proposal(story.proposal, message=step["text"], by=story.moderator(), at=at)


STEPS: dict[str, Step] = {
    "draft": _draft,
    "submit": _submit,
    "enter": _enter,
    "publish": _publish,
    "return": _return,
    "resubmit": _resubmit,
    "reject": _reject,
    "appeal": _appeal,
    "duplicate": _duplicate,
    "undo_duplicate": _undo_duplicate,
    "withdraw": _withdraw,
    "edit": _edit,
    "hide": _hide,
    "unhide": _unhide,
}
