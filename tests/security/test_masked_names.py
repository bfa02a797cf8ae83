"""A name hidden from the public is on no page of a proposal, public or staff; each look of staff is recorded."""

import pytest
from django.test import Client

from rembuk.audit.models import AuditEntry
from tests import people
from tests.security import world

pytestmark = pytest.mark.django_db
NAME = "Zulkarnain Tersamar"
# Pages about the person herself: who opens an account there leaves an entry of its own.
ABOUT_HER = "/kelola/pengguna/"


@pytest.fixture
def masked() -> world.World:
    made = world.furnish(masked=True)
    made.author.name = NAME
    made.author.save(update_fields=["name"])
    return made


def _clients(masked: world.World) -> dict[str, Client]:
    clients = {"visitor": Client(), "admin": Client(), "auditor": Client(), "moderator": Client()}
    clients["admin"].force_login(masked.admin)
    for role in ("auditor", "moderator"):
        clients[role].force_login(people.staff(role, masked.place.root))
    return clients


def test_masked_name_is_on_no_page_of_the_site(masked: world.World) -> None:
    kept = AuditEntry.objects.filter(actor_person_id=masked.author.pk).order_by("-id")
    about = {"comment", "proposal", "submission"}
    entries = [f"/kelola/jejak-audit/{row.pk}/" for row in kept if row.target_kind in about][:3]
    paths = {*world.addresses(masked).values(), *entries, f"/usulan/{masked.rejected.code}/"}
    paths |= {f"/kelola/usulan/{masked.published.code}/", f"/en/usulan/{masked.published.code}/"}
    shown = []
    for who, client in _clients(masked).items():
        for path in sorted(paths):
            if not path.startswith(ABOUT_HER) and (who in {"visitor", "admin"} or "/kelola/" in path):
                body = world.body_of(client.get(path)).decode(errors="replace")
                shown += [(who, path)] if NAME in body else []
    assert not shown, "\n".join(map(str, shown))


@pytest.mark.parametrize("path", ["/kelola/usulan/{}/nama/", "/usulan/{}/nama/"])
def test_each_look_at_a_masked_name_is_recorded(path: str, masked: world.World) -> None:
    client = Client()
    client.force_login(masked.admin)
    looks = AuditEntry.objects.filter(target_key=masked.published.code, actor_person_id=masked.admin.pk)
    for count in (1, 2):
        answer = client.post(path.format(masked.published.code))
        assert NAME in answer.content.decode()
        assert looks.filter(verb="proposal.masked_name_seen").count() == count


def test_look_at_a_masked_name_without_the_right_is_refused(masked: world.World) -> None:
    client = Client()
    client.force_login(people.staff("moderator", masked.place.root))
    answer = client.post(f"/kelola/usulan/{masked.published.code}/nama/")
    assert answer.status_code == 403
    assert NAME not in answer.content.decode()


def test_opening_a_persons_page_is_recorded(masked: world.World) -> None:
    client = Client()
    client.force_login(masked.admin)
    before = AuditEntry.objects.count()
    assert NAME in client.get(f"{ABOUT_HER}{masked.author.public_id}/").content.decode()
    assert AuditEntry.objects.count() == before + 1


def test_page_that_bears_her_name_does_not_tell_which_masked_proposal_is_hers(masked: world.World) -> None:
    client = Client()
    client.force_login(masked.admin)
    page = client.get(f"{ABOUT_HER}{masked.author.public_id}/").content.decode()
    assert NAME in page
    assert masked.published.code not in page
