"""Rows of the own page's tabs, and the tabs. Which rows: the selectors of each domain."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.common.text import excerpt
from rembuk.engagement.models import Ballot, Comment, Follow, Subject, Vote
from rembuk.notifications.selectors import unread_count
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State

type Row = dict[str, object]

_TABS = (
    ("accounts:profile", _("Proposals")),
    ("accounts:submissions", _("Submissions")),
    ("accounts:comments", _("Comments")),
    ("accounts:supports", _("Supports")),
    ("accounts:follows", _("Followed")),
    ("notifications:inbox", _("Notices")),
    ("accounts:settings", _("Settings")),
)
_VALUES = {
    (Ballot.Kind.SUPPORT, Ballot.SUPPORT): _("You support this"),
    (Ballot.Kind.SUPPORT, Ballot.AGAINST): _("You are against this"),
    (Ballot.Kind.QUESTION, Ballot.YES): _("You answered: yes"),
    (Ballot.Kind.QUESTION, Ballot.UNSURE): _("You answered: unsure"),
    (Ballot.Kind.QUESTION, Ballot.NO): _("You answered: no"),
}
_COMMENT_TAGS = {
    Comment.State.HELD: (_("Held for review"), "warn"),
    Comment.State.HIDDEN: (_("Hidden"), "bad"),
}


def tabs(person: Person, current: str) -> list[Row]:
    """The tabs of the own page with the number of unread notices."""
    unread = unread_count(person.pk)
    return [
        {
            "label": label,
            "url": reverse(route),
            "current": route == current,
            "count": unread if route == "notifications:inbox" and unread else None,
        }
        for route, label in _TABS
    ]


def localized(path: str) -> str:
    """A public path of this site under the language of the page."""
    return f"/en{path}" if get_language() == "en" else path


def next_url(request: HttpRequest, token: str) -> str:
    """The address of the page of a list after this one, or empty at the end."""
    return f"{request.path}?after={token}" if token else ""


def proposal_cards(proposals: Iterable[Proposal]) -> list[Row]:
    """Own proposals for ``components/proposal_cards.html``; a draft leads to where it is written on."""
    return [_proposal_card(proposal) for proposal in proposals]


def _proposal_card(proposal: Proposal) -> Row:
    is_draft = proposal.state == State.DRAFT or proposal.code is None
    url = (
        reverse("proposals:draft", args=[proposal.public_id])
        if is_draft
        else reverse("proposals:detail", args=[proposal.code])
    )
    return {
        "url": url,
        "code": proposal.code or "",
        "title": proposal.title or gettext("Draft without a title"),
        "state": proposal.state,
        "date": proposal.submitted_at or proposal.changed_at,
        "excerpt": proposal.excerpt or excerpt(proposal.body),
        "place": proposal.place,
    }


def comment_rows(comments: Iterable[Comment]) -> list[Row]:
    """Own comments: on what, when, the first words, and whether it is held or hidden."""
    rows = []
    for comment in comments:
        tag, tone = _COMMENT_TAGS.get(Comment.State(comment.state), ("", ""))
        rows.append(
            _row(comment.subject, comment.created_at)
            | {"text": excerpt(comment.body), "tag": tag, "tone": tone}
        )
    return rows


def support_rows(votes: Iterable[Vote]) -> list[Row]:
    """Own votes: on what, when, and which."""
    return [
        _row(vote.ballot.subject, vote.changed_at)
        | {"text": _VALUES.get((Ballot.Kind(vote.ballot.kind), vote.value), "")}
        for vote in votes
    ]


def follow_rows(follows: Iterable[Follow]) -> list[Row]:
    """What the person follows, since when."""
    return [_row(follow.subject, follow.created_at) for follow in follows]


def _row(subject: Subject, at: datetime) -> Row:
    return {
        "url": localized(subject.path),
        "title": subject.title,
        "kind": Subject.Kind(subject.kind).label,
        "code": subject.code,
        "at": at,
    }
