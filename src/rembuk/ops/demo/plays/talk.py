"""What people say and how they vote around the stories: comments, support, follows, reports."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.engagement.actions import comments, follows, moderation, reports, votes
from rembuk.engagement.models import Ballot, Case, Comment, Subject
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.schedule import Schedule
from rembuk.ops.demo.world import World

type Find = Callable[[], Subject]
type Window = tuple[datetime, datetime]


class Talk:
    """The talk around one subject, found when it is needed; ``author`` is who may not vote, or wrote it."""

    def __init__(self, world: World, seed: str, find: Find, author: Person | None = None) -> None:
        self._world = world
        self._seed = seed
        self._find = find
        self._author = author
        self._said: dict[int, int] = {}
        self._ballot: Ballot | None = None

    def plan_votes(self, schedule: Schedule, kind: str, counts: dict[int, int], window: Window) -> None:
        """So many votes for each value in a span of time, most of them early."""
        barred = {self._author.pk} if self._author else set()
        values = [value for value, count in counts.items() for _vote in range(count)]
        voters = self._world.some(f"votes {self._seed}", len(values), window[1], barred)
        dice = Random(f"times {self._seed}")  # noqa: S311
        dice.shuffle(values)
        for person, value in zip(voters, values, strict=False):
            begin = max(window[0], person.joined_at + timedelta(hours=1))
            if begin < window[1]:
                middle = begin + (window[1] - begin) * dice.random()
                at = self._world.calendar.between(begin, middle, dice)
                schedule.add(at, self._vote(person, kind, value), f"{self._seed}: vote")

    def plan_follows(self, schedule: Schedule, count: int, window: Window, extra: Sequence[str] = ()) -> None:
        """So many followers, and those whom the texts name."""
        dice = Random(f"follows {self._seed}")  # noqa: S311
        people = self._world.some(f"followers {self._seed}", count, window[0])
        people += [self._world.people[key] for key in extra]
        for person in dict.fromkeys(people):
            schedule.add(self._world.calendar.between(*window, dice), self._follow(person), self._seed)

    def plan_comments(self, schedule: Schedule, rows: Sequence[Entry]) -> None:
        """Comments and replies; ``re`` is the number of the row answered, from 1."""
        earlier: dict[int, datetime] = {}
        spoken: set[int] = {self._author.pk} if self._author else set()
        for number, row in enumerate(rows, start=1):
            at = self._world.calendar.moment(row["ago"], f"{self._seed} c{number}", office="office" in row)
            if "re" in row:
                at = min(max(at, earlier[row["re"]] + timedelta(minutes=23)), self._world.calendar.now)
            earlier[number] = at
            person = self._speaker(row, number, at, spoken)
            schedule.add(at, self._say(row, number, person), f"{self._seed}: comment {number}")
            self._plan_after(schedule, row, number)

    def plan_reports(self, schedule: Schedule, rows: Sequence[Entry], comment: int | None = None) -> None:
        """Reports of the subject, or of the comment with a number."""
        for number, row in enumerate(rows):
            seed = f"{self._seed} r{comment}-{number}"
            at = self._world.calendar.moment(row["ago"], seed, office=False)
            barred = {self._author.pk} if self._author else set()
            (person,) = self._world.some(seed, 1, at, barred)
            schedule.add(at, self._report(row, person, comment), f"{self._seed}: report")

    def _speaker(self, row: Entry, number: int, at: datetime, spoken: set[int]) -> Person:
        if "office" in row:
            office = self._world.units[row["office"]]
            return self._world.officer(izin.COMMENT_REPLY, office, exact=True)
        if row.get("by") == "author" and self._author is not None:
            return self._author
        if "by" in row:
            return self._world.people[row["by"]]
        (person,) = self._world.some(f"{self._seed} speaker {number}", 1, at, spoken)
        spoken.add(person.pk)
        return person

    def _plan_after(self, schedule: Schedule, row: Entry, number: int) -> None:
        self.plan_reports(schedule, row.get("reports", []), number)
        if "decide" in row:
            decision = row["decide"]
            at = self._world.calendar.moment(decision["ago"], f"{self._seed} d{number}", office=True)
            schedule.add(at, self._decide(decision, number), f"{self._seed}: decision {number}")

    def _vote(self, person: Person, kind: str, value: int) -> Callable[[datetime], object]:
        def act(at: datetime) -> None:
            votes.cast_vote(self._ballot_now(kind), voter=person, value=value, at=at)

        return act

    def _ballot_now(self, kind: str) -> Ballot:
        """The ballot, asked for again only when the subject was."""
        subject = self._find()
        if self._ballot is None or self._ballot.subject is not subject:
            self._ballot = Ballot.objects.get(subject=subject, kind=kind)
            self._ballot.subject = subject
        return self._ballot

    def _follow(self, person: Person) -> Callable[[datetime], object]:
        return lambda at: follows.follow(self._find(), by=person, at=at)

    def _say(self, row: Entry, number: int, person: Person) -> Callable[[datetime], object]:
        def act(at: datetime) -> None:
            draft = comments.Draft(
                body=row["text"],
                parent=Comment.objects.select_related("parent").get(pk=self._said[row["re"]])
                if "re" in row
                else None,
                office=self._world.units[row["office"]] if "office" in row else None,
            )
            self._said[number] = comments.post_comment(self._find(), draft, by=person, at=at).pk

        return act

    def _report(self, row: Entry, person: Person, comment: int | None) -> Callable[[datetime], object]:
        def act(at: datetime) -> None:
            said = (
                Comment.objects.select_related("author", "subject__unit").get(pk=self._said[comment])
                if comment
                else None
            )
            complaint = reports.Complaint(reason=self._world.reasons[row["reason"]], note=row.get("note", ""))
            reports.report_content(self._find(), complaint, by=person, comment=said, at=at)

        return act

    def _decide(self, row: Entry, number: int) -> Callable[[datetime], object]:
        def act(at: datetime) -> None:
            case = Case.objects.select_related("comment", "unit").get(
                comment=self._said[number], closed_at=None
            )
            reason = self._world.reasons[row["reason"]] if "reason" in row else None
            grounds = moderation.Grounds(reason=reason, explanation=row.get("text", ""))
            by = self._world.people["moderator"]
            moderation.decide_comment(case, by=by, keep=row.get("keep", False), grounds=grounds, at=at)

        return act
