"""The course of one consultation: making, announcing, what people send. Answering it: ``replying``."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from rembuk.accounts.models import Person
from rembuk.common.clock import WIB
from rembuk.consultations.actions import clockwork, moderate, schedule, text, versions
from rembuk.consultations.actions.enter import Entry as Offline
from rembuk.consultations.actions.enter import enter_submission
from rembuk.consultations.actions.making import ask, attach, create
from rembuk.consultations.actions.making.changes import Contents
from rembuk.consultations.actions.making.wording import Wording
from rembuk.consultations.actions.taking import drafts, submit
from rembuk.consultations.choices import Channel, Tie
from rembuk.consultations.content import AnswerContent, Content, RemarkContent
from rembuk.consultations.models import ClauseText, Consultation, DraftVersion, Submission
from rembuk.consultations.text_history import parts_of, stamp_of
from rembuk.engagement.models import Subject
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.plays.talk import Talk
from rembuk.ops.demo.schedule import Schedule
from rembuk.ops.demo.world import World

_OPENS, _CLOSES = time(8, 0), time(16, 0)
_SOON = timedelta(minutes=1)
# Working days between making and announcing.
_PREPARING = 3


class Consulting:
    """A consultation of the texts."""

    def __init__(self, world: World, entry: Entry) -> None:
        self.world = world
        self.entry = entry
        self.key = str(entry["key"])
        self.unit = world.units[entry["unit"]]
        # What was sent, by its number in the texts.
        self.sent: dict[int, int] = {}

    def plan(self, plan: Schedule) -> None:
        """Plan making, announcing, the clock and what people send and say."""
        ago = self.entry.get("announced", 0)
        moment = self.world.calendar.moment
        begun = moment(ago + _PREPARING, f"{self.key} make", office=True)
        plan.add(begun, self._make, f"{self.key}: make")
        if "announced" not in self.entry:
            return
        plan.add(moment(ago, f"{self.key} announce", office=True), self._announce, f"{self.key}: announce")
        for at in (self.opens_at, self.closes_at):
            if at < self.world.calendar.now:
                plan.add(at + _SOON, self._follow_clock, f"{self.key}: clock")
        for number, row in enumerate(self.entry.get("submission", []), start=1):
            self._plan_submission(plan, number, row)
        for row in self.entry.get("comment", []):
            self._plan_talk(plan, row)
        talk = Talk(self.world, self.key, lambda: self.consultation.subject)
        begun = moment(ago - 1, f"{self.key} followed", office=False)
        if begun < self.world.calendar.now:
            until = min(self.closes_at, self.world.calendar.now)
            talk.plan_follows(plan, self.entry.get("followers", 0), (begun, max(until, begun)))

    @property
    def consultation(self) -> Consultation:
        """The consultation as it is now."""
        return self.world.consultation(self.key)

    @property
    def opens_at(self) -> datetime:
        """Eight in the morning of its first day."""
        return datetime.combine(self.world.calendar.day(self.entry["opens"]), _OPENS, WIB)

    @property
    def closes_at(self) -> datetime:
        """Four in the afternoon of its last day."""
        return datetime.combine(self.world.calendar.day(self.entry["closes"]), _CLOSES, WIB)

    @property
    def manager(self) -> Person:
        """Who runs it."""
        return self.world.people["ujipublik"]

    def submission(self, number: int) -> Submission:
        """What was sent, by its number in the texts, as it is now."""
        rows = Submission.objects.select_related("consultation__unit", "subject__unit", "author")
        return rows.get(pk=self.sent[number])

    def clause(self, label: str) -> ClauseText:
        """A part of the newest published text by its whole label.

        Raises:
            LookupError: when there is none; the message names those there are.
        """
        texts = ClauseText.objects.filter(
            version__consultation=self.consultation, version__published_at__isnull=False
        ).select_related("clause__subject__unit", "version")
        found = texts.filter(full_label=label).order_by("-version__number").first()
        if found is None:
            labels = list(texts.values_list("full_label", flat=True))
            raise LookupError(f"{label} is none of {labels}")
        return found

    def _make(self, at: datetime) -> None:
        entry = self.entry
        is_dated = "opens" in entry
        contents = Contents(
            kind=entry["kind"],
            title=entry["title"],
            unit=self.unit,
            contact=entry["contact"],
            summary=entry["summary"].strip(),
            body=entry["body"].strip(),
            category=self.world.categories[entry["category"]],
            answer_days=entry.get("answer_days", 60),
            opens_at=self.opens_at if is_dated else None,
            closes_at=self.closes_at if is_dated else None,
        )
        made = create.create_consultation(contents, by=self.manager, at=at)
        self.world.consultations[self.key] = made.pk
        for row in entry.get("question", []):
            wording = Wording(**{**row, "options": tuple(row.get("options", ()))})
            ask.add_question(made, wording, by=self.manager, at=at)
        if "program" in entry:
            program = self.world.program(entry["program"])
            attach.tie_program(made, program, kind=Tie.ABOUT, by=self.manager, at=at)
        if "text" in entry:
            self.write_text(entry["text"], at)

    def write_text(self, source: str, at: datetime) -> DraftVersion:
        """A version in work with the parts of a text, kept as they were read."""
        version = text.read_source(self.consultation, source.strip(), by=self.manager, at=at)
        stamp = stamp_of(parts_of(version))
        return text.keep_text(version, stamp=stamp, by=self.manager, at=at)

    def _announce(self, at: datetime) -> None:
        made = self.consultation
        if "text" in self.entry:
            versions.publish_version(made.versions.get(published_at=None), by=self.manager, at=at)
        schedule.announce(made, by=self.manager, at=at)

    def _follow_clock(self, at: datetime) -> None:
        clockwork.follow_clock(at=at)

    def _plan_submission(self, plan: Schedule, number: int, row: Entry) -> None:
        seed = f"{self.key} m{number}"
        is_offline = "offline" in row
        at = self.world.calendar.moment(row["ago"], seed, office=is_offline)
        at = min(max(at, self.opens_at + timedelta(minutes=20 + number)), self.closes_at - timedelta(hours=1))
        if is_offline:
            plan.add(at, lambda moment: self._enter(number, row, moment), f"{seed}: enter")
        else:
            person = self._participant(row, seed, at)
            plan.add(at, lambda moment: self._send(number, row, person, moment), f"{seed}: send")
        if "not_shown" in row:
            decided = self.world.calendar.moment(row["ago"] - 1, f"{seed} withheld", office=True)
            plan.add(
                decided, lambda moment: self._withhold(number, row["not_shown"], moment), f"{seed}: withhold"
            )
        if "withdrawn" in row:
            gone = self.world.calendar.moment(row["withdrawn"], f"{seed} withdrawn", office=False)
            plan.add(
                max(gone, at + _SOON), lambda moment: self._withdraw(number, moment), f"{seed}: withdraw"
            )

    def _participant(self, row: Entry, seed: str, at: datetime) -> Person:
        if "by" in row:
            return self.world.people[row["by"]]
        taken = self.world.spoken.setdefault(self.key, set())
        (person,) = self.world.some(seed, 1, at, taken)
        taken.add(person.pk)
        return person

    def _content(self, row: Entry) -> Content:
        remarks = {}
        for said in row.get("remarks", []):
            found = self.clause(said["clause"])
            words = {key: value for key, value in said.items() if key != "clause"}
            remarks[found.clause.number] = RemarkContent(version=found.version.number, **words)
        return Content(
            stance=row["stance"],
            reason=row["reason"],
            participant_kind=row.get("kind", "person"),
            participant_name="" if "offline" in row else row.get("name", ""),
            is_affected=row.get("affected", False),
            is_name_masked=row.get("masked", False),
            remarks=remarks,
            answers={int(key): _answer(value) for key, value in row.get("answers", {}).items()},
        )

    def _send(self, number: int, row: Entry, person: Person, at: datetime) -> None:
        made = self.consultation
        said = self._content(row)
        draft = drafts.save_working(made, lambda _empty: said, by=person, at=at - _SOON)
        self.sent[number] = submit.send_submission(draft, by=person, at=at).pk

    def _enter(self, number: int, row: Entry, at: datetime) -> None:
        made = self.consultation
        offline = Offline(
            key=uuid5(NAMESPACE_URL, f"{self.key} {number}"),
            content=self._content(row),
            channel=Channel(row["offline"]),
            on_behalf_of=row["name"],
            received_on=at.astimezone(WIB).date(),
        )
        self.sent[number] = enter_submission(made, offline, by=self.manager, at=at).pk

    def _withhold(self, number: int, row: Entry, at: datetime) -> None:
        moderate.withhold_submission(
            self.submission(number),
            reason=self.world.reasons[row["reason"]],
            message=row["text"],
            by=self.world.people["moderator"],
            at=at,
        )

    def _withdraw(self, number: int, at: datetime) -> None:
        found = self.submission(number)
        assert found.author is not None
        submit.withdraw_submission(found, by=found.author, at=at)

    def _plan_talk(self, plan: Schedule, row: Entry) -> None:
        talk = Talk(self.world, f"{self.key} {row['clause']}", self._subject(row["clause"]))
        talk.plan_comments(plan, row["rows"])

    def _subject(self, label: str) -> Callable[[], Subject]:
        """What the talk about a clause hangs on."""

        def find() -> Subject:
            subject = self.clause(label).clause.subject
            assert subject is not None
            return subject

        return find


def _answer(value: object) -> AnswerContent:
    """A list is choices, a number a place on the scale, words a text."""
    if isinstance(value, list):
        return AnswerContent(choices=tuple(value))
    return AnswerContent(number=value) if isinstance(value, int) else AnswerContent(text=str(value))
