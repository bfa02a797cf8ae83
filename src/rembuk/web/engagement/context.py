"""What a page shows of the talk around its subject: votes or question, follow, comments. One call gathers it.

Every template of ``templates/engagement`` reads the one variable ``talk``. For visitors nothing in it is personal.
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.engagement import selectors
from rembuk.engagement.models import Ballot, Comment, Figures, Subject
from rembuk.programs.kinds import kind_of
from rembuk.web.engagement import paths
from rembuk.web.engagement.forms import CommentForm
from rembuk.web.engagement.thread import in_reading_order, row_of, rows_of
from rembuk.web.paging import Keyset

type Context = dict[str, Any]

ORDERS = {"terbaru": Keyset(("-id",), size=20), "terlama": Keyset(("id",), size=20)}
NEWEST = "terbaru"
REPLIES = Keyset(("id",), size=50)
VOTE, QUESTION, FOLLOW, COMMENTS = "suara", "pertanyaan", "ikuti", "komentar"
_TONES = {Ballot.YES: "ok", Ballot.UNSURE: "warn", Ballot.NO: "bad"}


def talk_for(subject: Subject, reader: Somebody, request: HttpRequest) -> Context:
    """Everything of a visible subject: ``vote`` or ``question``, ``follow``, ``comments``; at most four queries.

    Visitors' counts come from the figures, a member's are exact at this moment.
    """
    ballots = selectors.ballots_of(subject, reader)
    return {
        "subject": subject,
        "target": COMMENTS,
        **_ballots(subject, ballots, reader),
        "follow": _follow(subject, reader, ballots),
        "comments": _comments(subject, reader, _figures(subject, ballots)),
    }


def ballot_for(subject: Subject, reader: Somebody, request: HttpRequest) -> Context:
    """The subject's ballots alone: ``vote`` and ``question``, each empty where there is none."""
    return {"subject": subject, **_ballots(subject, selectors.ballots_of(subject, reader), reader)}


def follow_for(subject: Subject, reader: Somebody, request: HttpRequest) -> Context:
    """The follow button alone, for subjects without a ballot or comments."""
    return {"subject": subject, "follow": _follow(subject, reader, [])}


def comments_page(subject: Subject, reader: Somebody, request: HttpRequest) -> Context:
    """One page of all comments in the chosen order."""
    order = request.GET.get("urut", NEWEST)
    keyset = ORDERS.get(order, ORDERS[NEWEST])
    page = keyset.page(selectors.roots(subject, reader), request.GET.get("after"))
    here = paths.to("comments", subject)
    chosen = f"urut={order}" if order in ORDERS and order != NEWEST else ""
    return {
        **_head(subject),
        "page_title": _("Comments: %(title)s") % {"title": subject.title},
        "items": rows_of(selectors.about(subject, page.items), reader),
        "next_url": f"{here}?{chosen and chosen + '&'}after={page.next_token}" if page.next_token else "",
        "first_url": f"{here}?{chosen}".rstrip("?") if request.GET.get("after") else "",
        "orders": [
            {"label": _("Newest first"), "url": here, "current": keyset is ORDERS[NEWEST]},
            {
                "label": _("Oldest first"),
                "url": f"{here}?urut=terlama",
                "current": keyset is not ORDERS[NEWEST],
            },
        ],
        "page_writing": writing(subject, reader),
    }


def thread_page(comment: Comment, reader: Somebody, request: HttpRequest) -> Context:
    """A whole thread: its first comment, and the replies a page at a time."""
    root = comment if comment.root_id is None else selectors.root_of(comment)
    page = REPLIES.page(selectors.thread_replies(root, reader), request.GET.get("after"))
    here = paths.to_comment("thread", root)
    return {
        **_head(root.subject),
        "page_title": _("A conversation about: %(title)s") % {"title": root.subject.title},
        "items": [
            row_of(one, reader)
            for one in (root, *in_reading_order(selectors.about(root.subject, page.items)))
        ],
        "next_url": f"{here}?after={page.next_token}" if page.next_token else "",
        "first_url": here if request.GET.get("after") else "",
        "all_url": paths.to("comments", root.subject),
    }


def _head(subject: Subject) -> Context:
    return {
        "subject": subject,
        "subject_url": paths.page_of(subject, COMMENTS),
        "section": paths.section_of(subject),
    }


def writing(subject: Subject, reader: Somebody, form: CommentForm | None = None) -> Context:
    """Whether comments are taken, and the form (members; ``form`` one with faults) or the way to it (visitors)."""
    if form is None and isinstance(reader, Person) and subject.comments_open:
        form = CommentForm(offices=selectors.offices_for(reader, subject.unit))
    return {"is_open": subject.comments_open, "write_url": paths.to("comment", subject), "form": form}


def _comments(subject: Subject, reader: Somebody, figures: Figures | None) -> Context:
    newest = ORDERS[NEWEST]
    page = newest.cut(selectors.newest_roots(subject, reader, at_most=newest.size + 1))
    return {
        "count": figures.comments if figures is not None else None,
        "items": rows_of(page.items, reader),
        "more_url": f"{paths.to('comments', subject)}?after={page.next_token}" if page.next_token else "",
        "all_url": paths.to("comments", subject),
        "report_url": paths.to("report", subject),
        **writing(subject, reader),
    }


def _ballots(subject: Subject, ballots: list[Ballot], reader: Somebody) -> Context:
    by_kind = {ballot.kind: ballot for ballot in ballots}
    support, question = by_kind.get(Ballot.Kind.SUPPORT), by_kind.get(Ballot.Kind.QUESTION)
    exact = [b for b in ballots if isinstance(reader, Person) or b.kind == Ballot.Kind.QUESTION]
    counts = selectors.tallies(exact)
    return {
        "vote": _vote(subject, support, reader, counts) if support else None,
        "question": _question(subject, question, reader, counts) if question else None,
    }


def _vote(subject: Subject, ballot: Ballot, reader: Somebody, counts: dict[int, dict[int, int]]) -> Context:
    figures = _figures(subject, [ballot])
    exact = counts.get(ballot.pk)
    is_author = isinstance(reader, Person) and subject.author_id == reader.pk
    takes = ballot.takes_votes(clock.now())
    return {
        "supports": exact[Ballot.SUPPORT] if exact else getattr(figures, "support", 0),
        "opposes": _against(ballot, exact, figures),
        "is_open": takes and not is_author,
        "closed_text": _own_text(subject) if takes else _("Voting is closed."),
        "target": VOTE,
        **_way("vote", subject, reader, VOTE),
        "version": _version(subject) if isinstance(reader, Person) else 1,
        "mine": getattr(ballot, "mine", 0),
    }


def _against(ballot: Ballot, exact: dict[int, int] | None, figures: Figures | None) -> int | None:
    """The votes against; ``None`` where one can only support."""
    if Ballot.AGAINST not in ballot.choices:
        return None
    return exact[Ballot.AGAINST] if exact else getattr(figures, "against", 0)


def _own_text(subject: Subject) -> str:
    if subject.kind == Subject.Kind.SUBMISSION:
        return _("This is your own submission. Only the support of others is counted.")
    return _("You proposed this. Only the votes of others are counted.")


def _question(
    subject: Subject, ballot: Ballot, reader: Somebody, counts: dict[int, dict[int, int]]
) -> Context:
    text = _question_text(subject)
    votes = counts[ballot.pk]
    people = sum(votes.values())
    words = {Ballot.YES: _("Yes"), Ballot.UNSURE: _("Unsure"), Ballot.NO: _("No")}
    labels = [(value, words.get(value, str(value))) for value in ballot.choices]
    total = ngettext("%(n)s person has answered.", "%(n)s people have answered.", people) % {"n": people}
    return {
        "text": text,
        "choices": [{"value": value, "label": label} for value, label in labels],
        "is_open": ballot.takes_votes(clock.now()),
        "closed_text": _("Answers are not taken now."),
        "target": QUESTION,
        **_way("vote", subject, reader, QUESTION, live=f"{QUESTION}-blok"),
        "mine": getattr(ballot, "mine", 0) or None,
        "bars": {
            "title": _("Results"),
            "total_text": total if people else _("Nobody has answered yet."),
            "rows": [
                {
                    "label": label,
                    "value": votes[value],
                    "percent": 100 * votes[value] / people if people else 0,
                    "tone": _TONES.get(value, "info"),
                }
                for value, label in labels
            ],
        },
    }


def _follow(subject: Subject, reader: Somebody, ballots: list[Ballot]) -> Context:
    way = _way("follow", subject, reader, FOLLOW)
    if not isinstance(reader, Person):
        return {"is_following": False, "target": FOLLOW, **way}
    known = getattr(ballots[0], "is_following", None) if ballots else None
    is_following = selectors.is_following(reader, subject) if known is None else known
    return {"is_following": is_following, "target": FOLLOW, **way}


def _way(route: str, subject: Subject, reader: Somebody, anchor: str, live: str = "") -> Context:
    """Where members post (by htmx into the block ``live_target``) and visitors sign in first."""
    back = paths.page_of(subject, anchor)
    if isinstance(reader, Person):
        return {"action_url": paths.to(route, subject), "back": back, "live_target": live or anchor}
    return {"login_url": paths.sign_in(back)}


def _figures(subject: Subject, ballots: list[Ballot]) -> Figures | None:
    """The figures that came with the ballots, else the subject's own."""
    holder = ballots[0].subject if ballots else subject
    try:
        return holder.figures
    except ObjectDoesNotExist:
        return None


def _version(subject: Subject) -> int:
    """The version of the text that a vote on a proposal is given to."""
    proposal = getattr(subject, "proposal", None)
    return proposal.version if proposal is not None else 1


def _question_text(subject: Subject) -> str:
    phase = getattr(subject, "phase", None)
    return kind_of(phase.kind).asks if phase is not None else ""
