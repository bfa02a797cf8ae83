"""What pgbench and wrk send, written into files. The statement of a vote itself is written by ``inside.people``."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

VOTE, HOT, BARE = "votes.sql", "hot.sql", "bare.sql"
STATEMENT = "statement.sql"
"""What ``inside.people`` leaves in the folder."""

# The clients count in step, so that no two transactions have the same voter and ballot: when all voters had their turn, each
# meets another ballot, for as many rounds as there are ballots.
_COUNT = r"""
\set place :n * :clients + :client_id
\set n :n + 1
\set round :place / :voters
\set turn mod(:place, :voters)
\set at mod(%(at)s, %(width)s)
\set ballot case %(ballots)s end
\set voter :first_voter + :turn
"""
_ACROSS, _ONE_AFTER_ANOTHER = ":turn + :round", ":round"
_BARE = """
INSERT INTO engagement_vote (ballot_id, voter_id, value, previous, version, created_at, changed_at)
VALUES (:ballot, :voter, 1, 0, 1, clock_timestamp(), clock_timestamp());
"""
# Every person goes through all addresses before she comes to the first one again; then she takes back what she gave.
_LUA = """
local sessions, paths, headers = %(sessions)s, %(paths)s, { ["Content-Type"] = "application/x-www-form-urlencoded" }
local place = 0
request = function()
  local person, round = place %% #sessions, math.floor(place / #sessions)
  local path = paths[(person + round) %% #paths + 1]
  local turn = math.floor(round / #paths)
  place = place + 1
  headers["Cookie"] = "%(session)s=" .. sessions[person + 1] .. "; %(csrf)s=%(token)s"
  return wrk.format("POST", path, headers, "csrfmiddlewaretoken=%(token)s&" .. %(body)s)
end
"""
_VOTE_BODY = '"value=" .. (1 - turn % 2) .. "&kiriman=" .. place'
_COMMENT_BODY = (
    'string.format("body=Kami+setuju+dan+menunggu+kabarnya+%%d.&kiriman=%08x-%%012x", place, place)'
)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Session keys of people, the names of the two cookies, and the token that stands in cookie and form."""

    sessions: tuple[str, ...]
    cookies: tuple[str, ...]
    token: str


def write_for_pgbench(folder: Path, name: str, ballots: Sequence[int]) -> Path:
    """The vote or the bare insert, with the counting through these ballots in front.

    They go across all ballots; of ``HOT`` all go to one of them until every voter gave hers, then to the next.
    """
    cases = [f"when :at = {at} then {ballot}" for at, ballot in enumerate(ballots)]
    at = _ONE_AFTER_ANOTHER if name == HOT else _ACROSS
    statement = _BARE if name == BARE else (folder / STATEMENT).read_text()
    path = folder / name
    path.write_text(_COUNT % {"at": at, "width": len(ballots), "ballots": " ".join(cases)} + statement)
    return path


def write_votes(folder: Path, crowd: Crowd, codes: Sequence[str]) -> Path:
    """Votes for proposals."""
    return _write(
        folder / "votes.lua", crowd, [f"/diskusi/usulan/{code}/suara/" for code in codes], _VOTE_BODY
    )


def write_comments(folder: Path, crowd: Crowd, codes: Sequence[str], run: int) -> Path:
    """Comments on proposals; ``run`` keeps the keys of their forms apart from those of other runs."""
    paths = [f"/diskusi/usulan/{code}/tulis/" for code in codes]
    return _write(folder / "comments.lua", crowd, paths, _COMMENT_BODY % run)


def _write(path: Path, crowd: Crowd, paths: Sequence[str], body: str) -> Path:
    session, csrf = crowd.cookies
    given = {"sessions": _lua(crowd.sessions), "paths": _lua(paths), "token": crowd.token}
    path.write_text(_LUA % {**given, "session": session, "csrf": csrf, "body": body})
    return path


def _lua(words: Sequence[str]) -> str:
    return "{" + ", ".join(json.dumps(word) for word in words) + "}"
