"""What everybody's walk through a filled site sends to the database, and what its pages answer and weigh."""

from django.test import Client

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.consultations.models import Consultation
from rembuk.programs.models import Program
from rembuk.proposals.models import Proposal
from tests import consultation_scenes, people
from tests.scale.plans import Listener
from tests.scale.walking import Walk
from tests.scale.weights import Weight
from tests.security import world

# Signs out.
_NOT_GONE_TO = "/akun/keluar/"


def _addresses(made: world.World) -> list[str]:
    """One of every route, a thing of the filled site in each of its states, in public and at the desk, two texts compared."""
    found = [page for page in world.addresses(made).values() if page != _NOT_GONE_TO]
    for kind, model in (("usulan", Proposal), ("program", Program), ("uji-publik", Consultation)):
        rows = model.objects.exclude(code=None).order_by("pk")  # type: ignore[attr-defined]
        for code in dict(rows.values_list("state", "code")).values():
            found += [f"/{kind}/{code}/", f"/kelola/{kind}/{code}/"]
    compared = consultation_scenes.answering(made.place)
    consultation_scenes.second_version(compared)
    return [*found, f"/uji-publik/{compared.code}/versi/1/2/"]


def _cast(made: world.World) -> dict[str, Person | None]:
    """An administrator of both instansi, a moderator of one unit, a member, a visitor."""
    filled = Grant.objects.filter(person__email__endswith="@ukur.example").order_by("pk")
    everywhere = filled.get(role__slug="administrator")
    people.grant(made.admin, "administrator", everywhere.unit)
    moderator = filled.filter(role__slug="moderator").exclude(unit=everywhere.unit)[0].person
    return {"administrator": made.admin, "moderator": moderator, "member": made.author, "visitor": None}


class Heard:
    """What everybody's walk sent to the database, what the pages answered at best, and what they weigh for whom."""

    def __init__(self) -> None:
        listener, made = Listener(), world.furnish()
        addresses = _addresses(made)
        self.answers: dict[str, int] = {}
        self.weights: dict[str, dict[str, Weight]] = {}
        self.hindrances: dict[str, list[str]] = {}
        with listener.listening():
            for who, person in _cast(made).items():
                client = Client()
                if person is not None:
                    client.force_login(person)
                walk = Walk(client, listener)
                is_staff = person is not None and Grant.objects.filter(person=person).exists()
                for page in addresses:
                    is_hers = page.startswith("/kelola/") == is_staff
                    if is_hers or person == made.admin:
                        walk.visit(page, is_alone=not is_hers)
                for page, status in walk.answers.items():
                    self.answers[page] = min(status, self.answers.get(page, status))
                self.weights[who] = walk.weights
                self.hindrances |= walk.hindrances
        self.statements = listener.statements
