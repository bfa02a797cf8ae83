"""The three phases every site starts with; seeding never overwrites what an administrator changed."""

from rembuk.programs.choices import Nature
from rembuk.programs.kinds import Kind
from rembuk.programs.models import KindOfPhase, PhaseTemplate, TemplatePhase

KINDS = (
    Kind(
        code="planning",
        nature=Nature.PLANNING,
        name="Perencanaan",
        name_en="Planning",
        question="Apakah rencana ini menjawab kebutuhan Anda?",
        question_en="Does this plan answer your needs?",
    ),
    Kind(
        code="execution",
        nature=Nature.EXECUTION,
        name="Pelaksanaan",
        name_en="Execution",
        question="Apakah pekerjaan berjalan baik di tempat Anda?",
        question_en="Is the work going well where you live?",
    ),
    Kind(
        code="evaluation",
        nature=Nature.EVALUATION,
        name="Monitoring dan evaluasi",
        name_en="Monitoring and evaluation",
        question="Apakah hasilnya bermanfaat bagi Anda?",
        question_en="Are the results useful to you?",
        takes_ratings=True,
    ),
)
TEMPLATE = ("baku", "Tiga fase baku", "Three standard phases")


def seed_phases() -> None:
    """Make the kinds that are missing, and the standard template where there is none."""
    for position, kind in enumerate(KINDS, 1):
        fields = {name: getattr(kind, name) for name in Kind.__slots__ if name != "code"}
        KindOfPhase.objects.get_or_create(code=kind.code, defaults={**fields, "position": position})
    if PhaseTemplate.objects.exists():
        return
    code, name, name_en = TEMPLATE
    template = PhaseTemplate.objects.create(
        code=code, name=name, name_en=name_en, is_default=True, position=1
    )
    rows = KindOfPhase.objects.filter(code__in=[kind.code for kind in KINDS]).order_by("position")
    for position, row in enumerate(rows, 1):
        TemplatePhase.objects.create(template=template, kind=row, position=position)
