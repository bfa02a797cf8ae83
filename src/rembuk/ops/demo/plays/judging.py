"""What citizens say of a programme of the texts in rounds and of its milestones, and the reports of offices."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random

from rembuk.access import permissions as izin
from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.common.clock import WIB
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.drawing import pictures
from rembuk.ops.demo.plays.undertaking import Step, Undertaking
from rembuk.ops.demo.schedule import Act, Schedule
from rembuk.ops.demo.world import World
from rembuk.programs.actions.voices import rating, rounds, witness
from rembuk.programs.evaluation.elements import OF
from rembuk.programs.evaluation.rounds import region_choices
from rembuk.programs.models import Round
from rembuk.reports.actions import account, evaluate
from rembuk.reports.periods import Period, period_on

_SCORES = (1, 2, 3, 4)
_CLOSES = time(16, 0)
# Of ten people who rate, so many say where they live.
_SAY_WHERE = 0.8
# So long after the end of a quarter its report is drafted, and published the day after.
_ACCOUNT_AFTER = timedelta(days=9)


def _round(work: Undertaking, step: Entry, at: datetime) -> None:
    closes = datetime.combine(work.world.calendar.day(step["closes"]), _CLOSES, WIB)
    terms = rounds.Terms(closes_at=closes, population=step.get("population"))
    rounds.open_round(work.phase(step["phase"]), terms, by=work.manager, at=at)


def _close_rounds(work: Undertaking, step: Entry, at: datetime) -> None:
    """As the worker does when the time of a round is over."""
    rounds.end_lapsed(at=at)


def _evaluate(work: Undertaking, step: Entry, at: datetime) -> None:
    """Draft, put words of people in place of some of the drafted ones, publish."""
    report = evaluate.draft_evaluation(work.program, by=work.manager, at=at - timedelta(minutes=40))
    words = {**report.words, **_stripped(step["words"])}
    edited = evaluate.edit_evaluation(
        report, words, seen=report.changed_at, by=work.manager, at=at - timedelta(minutes=5)
    )
    if step.get("publish", True):
        by = work.world.officer(izin.PROGRAM_PUBLISH, work.unit)
        evaluate.publish_evaluation(edited, by=by, at=at)


def _stripped(words: Mapping[str, str]) -> dict[str, str]:
    return {part: text.strip() for part, text in words.items()}


STEPS: dict[str, Step] = {"round": _round, "close_rounds": _close_rounds, "evaluate": _evaluate}


def plan_voices(work: Undertaking, schedule: Schedule) -> None:
    """Plan what people say in rounds and of milestones."""
    for number, row in enumerate(work.entry.get("ratings", [])):
        _plan_ratings(work, schedule, row, f"{work.key} rating {number}")
    for row in work.entry.get("witnesses", []):
        _plan_witnesses(work, schedule, row, f"{work.key} milestone {row['milestone']}")


def _window(world: World, row: Entry, seed: str) -> tuple[datetime, datetime]:
    return (
        world.calendar.moment(row["ago"], f"{seed} begin", office=False),
        world.calendar.moment(row.get("until", 0), f"{seed} end", office=False),
    )


def _plan_ratings(work: Undertaking, schedule: Schedule, row: Entry, seed: str) -> None:
    begin, end = _window(work.world, row, seed)
    dice = Random(seed)  # noqa: S311
    people = work.world.some(seed, row["people"], begin)
    for number, person in enumerate(people):
        remark = row["remarks"][number] if number < len(row.get("remarks", [])) else ""
        at = work.world.calendar.between(begin, end, dice)
        schedule.add(at, _rate(work, row, person, remark, dice.random()), f"{seed}: rate")


def _rate(work: Undertaking, row: Entry, person: Person, remark: str, seed: float) -> Act:
    """``lean`` weighs the answers 1 to 4; elements named in ``weak`` get one less."""

    def act(at: datetime) -> None:
        found = Round.objects.select_related("program__unit").get(program=work.program, closed_at=None)
        dice = Random(seed)  # noqa: S311
        scores = {element.code: dice.choices(_SCORES, row["lean"])[0] for element in OF[found.survey]}
        scores |= {code: max(scores[code] - 1, 1) for code in row.get("weak", [])}
        places = region_choices(found.program)
        region = dice.choice(places) if places and dice.random() < _SAY_WHERE else None
        rating.rate(found, rating.Given(scores=scores, remark=remark, region=region), by=person, at=at)

    return act


def _plan_witnesses(work: Undertaking, schedule: Schedule, row: Entry, seed: str) -> None:
    begin, end = _window(work.world, row, seed)
    dice = Random(seed)  # noqa: S311
    said = [*row.get("said", []), *({"value": value} for value in row.get("silent", []))]
    people = work.world.some(seed, len(said), begin)
    for person, answer in zip(people, said, strict=True):
        at = work.world.calendar.between(begin, end, dice)
        schedule.add(at, _bear(work, row["milestone"], answer, person), f"{seed}: say")


def _bear(work: Undertaking, number: int, said: Entry, person: Person) -> Act:
    def act(at: datetime) -> None:
        milestone = work.milestone(number)
        answer = witness.Answer(
            value=said["value"],
            claim=milestone.claims,
            remark=said.get("text", ""),
            picture=_pictured(said["scene"], person, at) if "scene" in said else None,
        )
        witness.bear_witness(milestone, answer, by=person, at=at)

    return act


def _pictured(scene: str, person: Person, at: datetime) -> StoredFile:
    return store_upload(pictures.picture(scene, scene), by=acting(person), purpose="witness", at=at)


def plan_account(world: World, schedule: Schedule, entry: Entry) -> None:
    """Plan the accountability report of a unit for the quarter that ended last."""
    today = world.calendar.today
    began = period_on(today)
    period = period_on(began.starts_on - timedelta(days=1))
    at = min(began.since(WIB) + _ACCOUNT_AFTER + timedelta(hours=10), world.calendar.now - timedelta(hours=1))
    schedule.add(at, lambda moment: _account(world, entry, period, moment), f"report of {entry['unit']}")


def _account(world: World, entry: Entry, period: Period, at: datetime) -> None:
    unit = world.units[entry["unit"]]
    by = world.officer(izin.ACCOUNTABILITY_PUBLISH, unit)
    report = account.draft_account(unit, period, by=by, at=at - timedelta(minutes=50))
    words = {**report.words, **_stripped(entry["words"])}
    edited = account.edit_account(report, words, seen=report.changed_at, by=by, at=at - timedelta(minutes=10))
    account.publish_account(edited, by=by, at=at)
