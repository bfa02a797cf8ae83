"""Loading the demonstration, once, into an empty database; and the accounts to try it with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from rembuk.accounts.models import Person
from rembuk.audit.actors import command_actor
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid
from rembuk.engagement import folding
from rembuk.engagement.models import Ballot
from rembuk.ops.actions import ensure_root
from rembuk.ops.demo import cast, places, post, visits, window
from rembuk.ops.demo.cast import Casting
from rembuk.ops.demo.content import Entry, entries
from rembuk.ops.demo.days import Calendar
from rembuk.ops.demo.plays import building, handling, judging, sheets, spending, undertaking, writing
from rembuk.ops.demo.plays.consulting import Consulting
from rembuk.ops.demo.plays.replying import Replying
from rembuk.ops.demo.plays.story import Story
from rembuk.ops.demo.plays.talk import Talk
from rembuk.ops.demo.plays.undertaking import Undertaking
from rembuk.ops.demo.schedule import Schedule
from rembuk.ops.demo.world import World
from rembuk.programs.actions.suggestions.find import refresh_suggestions
from rembuk.programs.models import Program
from rembuk.proposals.models import Proposal
from rembuk.siteconfig.models import Setting
from rembuk.workunits.models import WorkUnit

# A setting nobody can change on a page: it says that everything in this database is the demonstration's.
MARKER = "demo_content"
# When the planning sheet of the last round is imported.
SHEET_AGO = 18
# After these steps a proposal takes no votes.
_CLOSING = ("decline", "forward", "withdraw", "duplicate", "hide", "reject")
_PROGRAM_STEPS = {**undertaking.STEPS, **building.STEPS, **spending.STEPS, **judging.STEPS}


@dataclass(frozen=True, slots=True)
class Account:
    """An account to try: what it may do, and how to sign in."""

    role: str
    email: str


def is_loaded() -> bool:
    """Whether this database holds the demonstration."""
    return Setting.objects.filter(key=MARKER).exists()


def load(at: datetime | None = None) -> int:
    """Fill an empty, migrated database; returns how many deeds were played.

    Everything stands in one transaction: a load that fails leaves nothing behind.

    Raises:
        Invalid: when the database holds anything else.
    """
    now = instant(at)
    with transaction.atomic():
        _refuse_foreign()
        Setting.objects.create(key=MARKER, value={"loaded_at": now.isoformat()}, changed_at=now)
        played = _play(Calendar(now))
        while folding.run_once():
            pass
        while refresh_suggestions(at=now):
            pass
        post.let_rest(now)
        visits.note_last(now)
    return played


def accounts() -> list[Account]:
    """The accounts to try, one for each role and one pair of a village."""
    rows = [*entries("cast.toml", "staff", 0), *entries("cast.toml", "citizen", 0)]
    return [Account(row["shown"], f"{row['key']}@{cast.DOMAIN}") for row in rows if "shown" in row]


def _refuse_foreign() -> None:
    for model in (Person, WorkUnit, Proposal, Program):
        if model.objects.exists():
            raise Invalid(
                "This database holds other content. The demonstration is loaded into an empty one only."
            )


def _play(calendar: Calendar) -> int:
    schedule = Schedule()
    world = _world(calendar, schedule)
    year = calendar.today.year
    stories = [Story(world, entry) for entry in entries("usulan-*.toml", "usulan", year)]
    for story in stories:
        story.plan(schedule, {**writing.STEPS, **handling.STEPS})
        _plan_talk(world, schedule, story)
    for entry in entries("program-*.toml", "program", year):
        work = Undertaking(world, entry)
        work.plan(schedule, _PROGRAM_STEPS)
        judging.plan_voices(work, schedule)
    for entry in entries("pertanggungjawaban.toml", "account", year):
        judging.plan_account(world, schedule, entry)
    for entry in entries("uji-publik-*.toml", "consultation", year):
        course = Consulting(world, entry)
        course.plan(schedule)
        Replying(course).plan(schedule)
    _plan_sheet(world, schedule, entries("musrenbang.toml", "baris", year))
    window.plan(world, schedule)
    return schedule.play()


def _world(calendar: Calendar, schedule: Schedule) -> World:
    places.load_regions()
    casting = Casting(calendar, schedule)
    first, *others = entries("cast.toml", "staff", 0)
    root = ensure_root(code=places.ROOT, name=places.NAME)
    administrator = casting.administrator(first, root, command_actor("create-admin"))
    at = administrator.joined_at + timedelta(hours=1)
    places.introduce(by=administrator, at=at)
    units = places.make_units(entries("places.toml", "unit", 0), root, by=administrator, at=at)
    categories = places.make_categories(entries("places.toml", "category", 0), units, by=administrator, at=at)
    staff = {first["key"]: administrator, **casting.staff(others, units, administrator)}
    (names,) = entries("cast.toml", "names", 0)
    keyed, citizens = casting.citizens(entries("cast.toml", "citizen", 0), names)
    return World(
        calendar=calendar,
        units=units,
        categories=categories,
        people={**staff, **keyed},
        staff=list(staff.values()),
        citizens=citizens,
    )


def _plan_talk(world: World, schedule: Schedule, story: Story) -> None:
    entry = story.entry
    begin = story.moment_of("publish")
    if begin is None:
        return
    talk = Talk(world, story.key, lambda: story.subject, story.author)
    talk.plan_comments(schedule, entry.get("comments", []))
    talk.plan_reports(schedule, entry.get("reports", []))
    end = story.moment_of(*_CLOSING) or world.calendar.now
    if "votes_until" in entry:
        end = world.calendar.moment(entry["votes_until"], f"{story.key} end", office=False)
    window = (begin + timedelta(minutes=30), max(end - timedelta(hours=1), begin))
    if window[0] < window[1]:
        counts = {Ballot.SUPPORT: entry.get("support", 0), Ballot.AGAINST: entry.get("against", 0)}
        talk.plan_votes(schedule, Ballot.Kind.SUPPORT, counts, window)
        talk.plan_follows(schedule, entry.get("followers", 0), window, entry.get("watchers", []))


def _plan_sheet(world: World, schedule: Schedule, rows: Sequence[Entry]) -> None:
    at = world.calendar.moment(SHEET_AGO, "sheet", office=True)
    unit, by = world.units[places.ROOT], command_actor("import-proposals")
    schedule.add(at, lambda moment: sheets.import_records(world, rows, unit, by=by, at=moment), "sheet")
