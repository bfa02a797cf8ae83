"""A programme with all its layers, brought there by real actions; on ``MORNING`` it is well behind its plan."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from rembuk.accounts.models import Person
from rembuk.programs.actions import phases, publish, report
from rembuk.programs.actions.create import Plan, create_program
from rembuk.programs.actions.indicators.define import Target, Words, add_indicator
from rembuk.programs.actions.indicators.measure import Actual, report_actuals
from rembuk.programs.actions.milestones.changing import MilestoneWords
from rembuk.programs.actions.milestones.course import reach_milestone
from rembuk.programs.actions.milestones.evidence import NewEvidence
from rembuk.programs.actions.milestones.plan import add_milestones, edit_milestone
from rembuk.programs.actions.money.budget import Budget, plan_money
from rembuk.programs.actions.money.spend import Spent, enter_realisation, strike_realisation
from rembuk.programs.models import Milestone, Program
from tests import program_scenes as programs
from tests.scenes import Regency

REASON = "Pengiriman rangka baja terlambat karena jalan menuju lokasi tertutup longsor."
PLAN: Plan = {
    1: (date(2026, 3, 1), date(2026, 4, 30)),
    2: (date(2026, 5, 1), date(2026, 10, 31)),
    3: (date(2026, 11, 1), date(2026, 12, 31)),
}
# Title, phase, weight, first and last planned day.
MILESTONES = (
    ("Pembebasan lahan kedua tepi sungai", 1, "10", date(2026, 3, 1), date(2026, 4, 30)),
    ("Pondasi dan kepala jembatan", 2, "20", date(2026, 5, 1), date(2026, 7, 15)),
    ("Rangka, kabel, dan lantai jembatan", 2, "50", date(2026, 7, 16), date(2026, 10, 31)),
    ("Uji beban dan serah terima", 3, "20", date(2026, 11, 1), date(2026, 12, 15)),
)


def on(month: int, day: int) -> datetime:
    """A morning of the year of the scene."""
    return datetime(2026, month, day, 2, tzinfo=UTC)


def planned(place: Regency, by: Person | None = None, **fields: object) -> Program:
    """A draft with milestones, money and indicators."""
    person = by or programs.manager(place)
    words = programs.contents(place, title="Jembatan gantung Sungai Cikaso", year=2026, **fields)
    program = create_program(words, by=person, plan=PLAN, at=on(2, 20))
    numbers = {phase.position: phase for phase in program.phases.all()}
    rows = [
        MilestoneWords(
            title=title, phase=numbers[number], starts_on=start, ends_on=end, weight=Decimal(weight)
        )
        for title, number, weight, start, end in MILESTONES
    ]
    add_milestones(program, rows, by=person, at=on(2, 20))
    cash = {date(2026, month, 1): Decimal(400_000_000) for month in range(4, 12)}
    pagu = {"apbd": Decimal(3_500_000_000), "village": Decimal("250000000.50")}
    plan_money(program, Budget(pagu=pagu, cash=cash), by=person, at=on(2, 21))
    _indicators(program, person)
    return program


def _indicators(program: Program, by: Person) -> None:
    add_indicator(
        program,
        Words(level="output", name="Panjang jembatan terbangun", measure="m", source="Berita acara"),
        [
            Target("Semester I", date(2026, 6, 30), Decimal(20)),
            Target("Semester II", date(2026, 12, 31), Decimal(60)),
        ],
        by=by,
        at=on(2, 22),
    )
    add_indicator(
        program,
        Words(
            level="outcome",
            name="Waktu tempuh ke pasar",
            measure="menit",
            direction="down",
            baseline=Decimal(55),
        ),
        [Target("2026", date(2026, 12, 31), Decimal(20))],
        by=by,
        at=on(2, 22),
    )


def running(place: Regency, by: Person | None = None, **fields: object) -> Program:
    """In execution since May: two of four milestones done, a revision of plan and pagu, the last news of September."""
    person = by or programs.manager(place)
    program = publish.publish_program(planned(place, person, **fields), by=person, at=on(2, 25))
    phases.start_phase(programs.phase(program, 1), by=person, at=on(3, 1))
    reach(program, 1, person, on(4, 20))
    phases.finish_phase(programs.phase(program, 1), by=person, at=on(4, 30))
    phases.start_phase(programs.phase(program, 2), by=person, at=on(5, 2))
    _spend(program, person)
    reach(program, 2, person, on(7, 30))
    _revise(program, person)
    length = program.indicators.get(position=1)
    half = length.values.get(period="Semester I")
    report_actuals(length, {half.pk: Actual(Decimal("18.5"), "Berita acara 12/2026")}, by=person, at=on(7, 2))
    report.post_update(
        programs.phase(program, 2),
        title="Pondasi selesai",
        body="Kedua kepala jembatan sudah berdiri.",
        by=person,
        at=on(9, 10),
    )
    return Program.objects.get(pk=program.pk)


def reach(program: Program, number: int, by: Person, at: datetime | None = None) -> None:
    """A milestone is done, with a record of handing over."""
    row = program.milestones.get(position=number)
    proof = [NewEvidence(programs.stored("serah-terima.pdf", "document"), f"Berita acara {number}")]
    reach_milestone(row, evidence=proof, began_on=row.planned_start_on, by=by, at=at)


def _spend(program: Program, by: Person) -> None:
    for number, amount, month in ((1, "450000000", 5), (2, "600000000.25", 6), (3, "99000000", 7)):
        spent = Spent(
            fund="apbd",
            amount=Decimal(amount),
            spent_on=date(2026, month, 10),
            document_number=f"SP2D/{number:03}/2026",
            description=f"Termin {number}",
        )
        entry = enter_realisation(program, spent, by=by, at=on(month, 12))
    strike_realisation(entry, reason="Salah ketik jumlah, dimasukkan ulang.", by=by, at=on(7, 13))


def _revise(program: Program, by: Person) -> None:
    row = program.milestones.get(position=3)
    edit_milestone(row, replace(words_of(row), ends_on=date(2026, 11, 20)), reason=REASON, by=by, at=on(8, 5))
    plan_money(program, Budget(pagu={"apbd": Decimal(3_800_000_000)}), reason=REASON, by=by, at=on(8, 6))


def words_of(row: Milestone) -> MilestoneWords:
    """What a milestone says, to be edited."""
    return MilestoneWords(
        title=row.title,
        phase=row.phase,
        starts_on=row.planned_start_on,
        ends_on=row.planned_end_on,
        weight=row.weight,
        office=row.office,
    )
