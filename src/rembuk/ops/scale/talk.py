"""Subjects with their ballots, votes and comments, and the counts that the folding loop would have made."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rembuk.common.text import render_plain
from rembuk.engagement.models import Ballot, Comment, Figures, Follow, Tally, Vote
from rembuk.ops.scale import trail, wording
from rembuk.ops.scale.drawing import Draw
from rembuk.ops.scale.people import Site
from rembuk.ops.scale.rows import Loader, bare
from rembuk.workunits.models import WorkUnit

# One vote in so many leaves an audit entry here; on a site each of them does.
NOTED = 10
_CHUNK = 400


@dataclass(slots=True)
class Topic:
    """Something people talk about and vote on: its subject and ballot, and what it is worth to them."""

    subject: int
    ballot: int
    code: str
    kind: str
    unit: WorkUnit
    since: datetime
    choices: tuple[int, ...]
    votes: int = 0
    comments: int = 0
    counts: dict[int, int] = field(default_factory=dict)


def open_ballots(loader: Loader, topics: Iterable[Topic]) -> None:
    """Write the ballot of each topic."""
    loader.copy(
        Ballot,
        (
            {
                "id": topic.ballot,
                "subject_id": topic.subject,
                "kind": "support" if topic.kind == "proposal" else "question",
                "choices": list(topic.choices),
            }
            for topic in topics
        ),
    )


def vote(loader: Loader, draw: Draw, site: Site, topics: list[Topic], total: int) -> None:
    """Give ``total`` votes to the topics, a few of them busy, nobody twice on one; note one in ten in the trail."""
    allot(draw, topics, total, most=int(len(site.citizens) * 0.8))
    noted: list[trail.Deed] = []
    with bare("engagement_vote"):
        loader.copy_values("engagement_vote", _VOTE, _votes(loader, draw, site, topics, noted))
    trail.write(loader, noted)
    loader.copy(Tally, _tallies(loader, topics))


def allot(draw: Draw, topics: list[Topic], total: int, *, most: int) -> None:
    """Say how many votes each topic gets: at most ``most``, which leaves the rest to the quiet ones."""
    for topic, votes in zip(topics, draw.shares(len(topics), total), strict=True):
        topic.votes = min(votes, most)
    left = total - sum(topic.votes for topic in topics)
    for topic in sorted(topics, key=lambda topic: topic.votes):
        more = min(left, most - topic.votes)
        topic.votes, left = topic.votes + more, left - more


_VOTE = ["id", "ballot_id", "voter_id", "value", "previous", "version", "created_at", "changed_at"]


def _votes(
    loader: Loader, draw: Draw, site: Site, topics: list[Topic], noted: list[trail.Deed]
) -> Iterator[tuple[object, ...]]:
    count = 0
    for topic in topics:
        seconds = max(1, int((site.now - topic.since).total_seconds()))
        for voter in sorted(draw.sample(site.citizens, topic.votes)):
            value = topic.choices[0] if draw.random() < 0.8 else topic.choices[-1]
            at = topic.since + timedelta(seconds=int(draw.random() * seconds))
            topic.counts[value] = topic.counts.get(value, 0) + 1
            count += 1
            if count % NOTED == 0:
                noted.append(trail.Deed(at, "ballot.voted", voter, topic.kind, topic.code, topic.unit))
            yield loader.number(Vote), topic.ballot, voter, value, 0, 1, at, at


def _tallies(loader: Loader, topics: list[Topic]) -> Iterator[dict[str, object]]:
    for topic in topics:
        for choice, count in sorted(topic.counts.items()):
            yield {"id": loader.number(Tally), "ballot_id": topic.ballot, "choice": choice, "count": count}


def comment(loader: Loader, draw: Draw, site: Site, topics: list[Topic], total: int) -> None:
    """Write ``total`` comments, one in four an answer to another."""
    for topic, comments in zip(topics, draw.shares(len(topics), total), strict=True):
        topic.comments = comments
    with bare("engagement_comment"):
        loader.copy(Comment, _comments(loader, draw, site, topics))


def _comments(loader: Loader, draw: Draw, site: Site, topics: list[Topic]) -> Iterator[dict[str, object]]:
    for topic in topics:
        roots: list[int] = []
        times = sorted(draw.between(topic.since, site.now) for _ in range(topic.comments))
        for at in times:
            number, body = loader.number(Comment), wording.saying(draw)
            parent = draw.choice(roots) if roots and draw.random() < 0.25 else None
            if parent is None:
                roots.append(number)
            yield {
                "id": number,
                "public_id": uuid.UUID(int=draw.getrandbits(128), version=4),
                "subject_id": topic.subject,
                "parent_id": parent,
                "root_id": parent,
                "depth": 1 if parent is None else 2,
                "author_id": draw.choice(site.citizens),
                "body": body,
                "html": render_plain(body),
                "state": "visible",
                "created_at": at,
            }


def count(loader: Loader, topics: Iterable[Topic], silent: Iterable[int]) -> None:
    """Write the figures of topics, and zeros for subjects nobody can vote on."""
    loader.copy(Figures, _figures(topics, silent))


def _figures(topics: Iterable[Topic], silent: Iterable[int]) -> Iterator[dict[str, int]]:
    for topic in topics:
        is_support = topic.kind == "proposal"
        yield {
            "subject_id": topic.subject,
            "support": topic.counts.get(1, 0) if is_support else 0,
            "against": topic.counts.get(-1, 0) if is_support else 0,
            "comments": topic.comments,
        }
    for subject in silent:
        yield {"subject_id": subject}


def follow(loader: Loader, draw: Draw, site: Site, topics: list[Topic]) -> None:
    """Two followers for each topic."""
    loader.copy(
        Follow,
        (
            {
                "id": loader.number(Follow),
                "subject_id": topic.subject,
                "person_id": person,
                "created_at": topic.since,
            }
            for topic in topics
            for person in draw.sample(site.citizens, 2)
        ),
    )
