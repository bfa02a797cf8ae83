"""The course of one work programme: from its draft out of proposals to the end of its phases."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile

from rembuk.access import permissions as izin
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.engagement.models import Ballot, Subject
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.drawing import papers, pictures
from rembuk.ops.demo.plays.talk import Talk
from rembuk.ops.demo.schedule import Schedule
from rembuk.ops.demo.world import World
from rembuk.programs.actions import create, link, phases, publish, report, revise
from rembuk.programs.actions.milestones.changing import Days
from rembuk.programs.models import Milestone, Phase, Program
from rembuk.regions.models import Region

type Span = tuple[date, date]
type Step = Callable[["Undertaking", Entry, datetime], object]
# What an office adds to a programme when it knows it.
_FURTHER = ("nomenclature", "beneficiaries", "is_public_service")
_APART = timedelta(minutes=19)


class Undertaking:
    """A programme of the texts."""

    def __init__(self, world: World, entry: Entry) -> None:
        self.world = world
        self.entry = entry
        self.key = str(entry["key"])
        self.unit = world.units[entry["unit"]]
        self._subjects: dict[int, Subject] = {}

    def plan(self, schedule: Schedule, acts: Mapping[str, Step]) -> None:
        """Plan every step, and the talk in its phases."""
        moments = self._moments()
        for step, at in zip(self.entry["steps"], moments, strict=True):
            schedule.add(at, self._act(step, acts[step["do"]]), f"{self.key}: {step['do']}")
        for row in self.entry.get("talk", []):
            self._plan_talk(schedule, row)
        published = [
            at for step, at in zip(self.entry["steps"], moments, strict=True) if step["do"] == "publish"
        ]
        if published:
            talk = Talk(self.world, self.key, lambda: self.program.subject)
            window = (published[0], self.world.calendar.now)
            talk.plan_follows(
                schedule, self.entry.get("followers", 0), window, self.entry.get("watchers", [])
            )

    @property
    def program(self) -> Program:
        """The programme as it is now."""
        return self.world.program(self.key)

    @property
    def manager(self) -> Person:
        """Who looks after it."""
        return self.world.officer(izin.PROGRAM_STEER, self.unit)

    def phase(self, number: int) -> Phase:
        """A phase by its number, as it is now."""
        rows = Phase.objects.select_related("program", "subject__unit")
        return rows.get(program=self.program, position=number)

    def milestone(self, number: int) -> Milestone:
        """A milestone by its number, as it is now."""
        return Milestone.objects.select_related("program__unit", "phase").get(
            program=self.program, position=number
        )

    def _subject(self, number: int) -> Callable[[], Subject]:
        """What the talk in a phase hangs on, kept until the next step."""

        def find() -> Subject:
            if number not in self._subjects:
                self._subjects[number] = self.phase(number).subject
            return self._subjects[number]

        return find

    def _plan_talk(self, schedule: Schedule, row: Entry) -> None:
        calendar = self.world.calendar
        talk = Talk(self.world, f"{self.key} {row['phase']}", self._subject(row["phase"]))
        talk.plan_comments(schedule, row.get("comments", []))
        if "answers" in row:
            end = calendar.moment(row.get("until", 0), f"{self.key} end", office=False)
            window = (calendar.moment(row["ago"], f"{self.key} begin", office=False), end)
            counts = dict(zip((Ballot.YES, Ballot.UNSURE, Ballot.NO), row["answers"], strict=True))
            talk.plan_votes(schedule, Ballot.Kind.QUESTION, counts, window)

    def _moments(self) -> list[datetime]:
        found: list[datetime] = []
        for number, step in enumerate(self.entry["steps"]):
            at = self.world.calendar.moment(step["ago"], f"{self.key} {number}", office=True)
            if found and at <= found[-1]:
                at = min(found[-1] + _APART, self.world.calendar.now)
            found.append(at)
        return found

    def _act(self, step: Entry, play: Step) -> Callable[[datetime], object]:
        def act(at: datetime) -> None:
            play(self, step, at)
            self._subjects.clear()

        return act

    def spans(self, rows: list[list[int]]) -> dict[int, Span]:
        """Planned days by the phase's number, from working days ago (negative: ahead)."""
        day = self.world.calendar.day
        return {number: (day(begin), day(end)) for number, (begin, end) in enumerate(rows, start=1)}

    def stored(self, file: "ContentFile[bytes]", at: datetime) -> StoredFile:
        """A file as the manager uploads it."""
        return store_upload(file, by=actor_of(self.manager), purpose="program", at=at)

    def links(self, rows: list[Entry]) -> list[link.NewLink]:
        """The proposals taken up."""
        return [
            link.NewLink(self.world.proposal(row["proposal"]), row["extent"], row["text"]) for row in rows
        ]


def _create(work: Undertaking, step: Entry, at: datetime) -> None:
    entry = work.entry
    contents = create.Contents(
        title=entry["title"],
        summary=entry["summary"],
        body=entry.get("body", ""),
        unit=work.unit,
        year=int(entry["year"]),
        category=work.world.categories[entry["category"]] if "category" in entry else None,
        region=Region.objects.get(code=entry["region"]) if "region" in entry else None,
        place=entry.get("place", ""),
        **{name: entry[name] for name in _FURTHER if name in entry},
    )
    made = create.create_program(
        contents,
        by=work.manager,
        plan=work.spans(entry["plan"]),
        links=work.links(entry.get("links", [])),
        at=at,
    )
    work.world.programs[work.key] = made.pk


def _publish(work: Undertaking, step: Entry, at: datetime) -> None:
    publish.publish_program(work.program, by=work.manager, start_planning=step.get("start", True), at=at)


def _start(work: Undertaking, step: Entry, at: datetime) -> None:
    phases.start_phase(work.phase(step["phase"]), by=work.manager, at=at)


def _finish(work: Undertaking, step: Entry, at: datetime) -> None:
    phases.finish_phase(work.phase(step["phase"]), by=work.manager, at=at)


def _lead(work: Undertaking, step: Entry, at: datetime) -> None:
    phases.lead_phase(work.phase(step["phase"]), by=work.manager, at=at)


def _link(work: Undertaking, step: Entry, at: datetime) -> None:
    link.link_proposals(work.program, work.links(step["links"]), by=work.manager, at=at)


def _update(work: Undertaking, step: Entry, at: datetime) -> None:
    shown = [
        report.Picture(
            work.stored(pictures.picture(row["scene"], row["scene"]), at),
            row["alt"],
            **({"moment": row["moment"]} if "moment" in row else {}),
        )
        for row in step.get("pictures", [])
    ]
    report.post_update(
        work.phase(step["phase"]),
        title=step["title"],
        body=step["text"],
        pictures=shown,
        by=work.manager,
        at=at,
    )


def _document(work: Undertaking, step: Entry, at: datetime) -> None:
    file = work.stored(papers.paper(step["title"], step["lines"], step["name"]), at)
    report.add_document(
        work.program,
        title=step["title"],
        file=file,
        access_class=step.get("class", "open"),
        phase=work.phase(step["phase"]) if "phase" in step else None,
        by=work.manager,
        at=at,
    )


def _revise(work: Undertaking, step: Entry, at: datetime) -> None:
    day = work.world.calendar.day
    plan = {row[0]: (day(row[1]), day(row[2])) for row in step.get("plan", [])}
    days = {
        work.milestone(row[0]).public_id: Days(day(row[1]), day(row[2])) for row in step.get("milestones", [])
    }
    revise.revise_plan(work.program, plan, milestones=days, reason=step["text"], by=work.manager, at=at)


def _postpone(work: Undertaking, step: Entry, at: datetime) -> None:
    publish.postpone_program(work.program, reason=step["text"], by=work.manager, at=at)


def _cancel(work: Undertaking, step: Entry, at: datetime) -> None:
    publish.cancel_program(work.program, reason=step["text"], by=work.manager, at=at)


def _complete(work: Undertaking, step: Entry, at: datetime) -> None:
    publish.complete_program(work.program, by=work.manager, at=at)


STEPS: dict[str, Step] = {
    "create": _create,
    "publish": _publish,
    "start": _start,
    "finish": _finish,
    "lead": _lead,
    "link": _link,
    "update": _update,
    "document": _document,
    "revise": _revise,
    "postpone": _postpone,
    "cancel": _cancel,
    "complete": _complete,
}
