"""The first administrator: can sign in, has all rights below the root, stands in the trail."""

from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from rembuk.access import permissions, rights
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import people

pytestmark = pytest.mark.django_db
PASSWORD = "kuda-laut-terbang-77"


def create(monkeypatch, email="Admin@Contoh.go.id", password=PASSWORD, name="Ratna Dewi", **options):
    monkeypatch.setattr("sys.stdin", StringIO(password + "\n"))
    call_command("create_admin", email=email, name=name, password_stdin=True, stdout=StringIO(), **options)


def test_first_administrator_can_sign_in_and_may_do_all(monkeypatch, client):
    create(monkeypatch)
    person = Person.objects.get(email="admin@contoh.go.id")
    assert person.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=person).verified
    assert rights.can(person, permissions.GRANT_MANAGE, WorkUnit.objects.get(code="INSTANSI"))


def test_deed_stands_in_the_trail_without_a_name(monkeypatch):
    create(monkeypatch)
    entry = AuditEntry.objects.get(verb="person.administrator_made")
    assert (entry.channel, entry.after) == ("command", {"role": "administrator", "unit": "INSTANSI"})
    assert entry.target_key == str(Person.objects.get().pk)


def test_known_person_gets_the_role_and_keeps_the_password(monkeypatch):
    create(monkeypatch)
    person = people.citizen(email="budi@contoh.id")
    create(monkeypatch, "budi@contoh.id", "something-else-entirely", reason="SK Bupati 12/2026")
    assert Person.objects.get(pk=person.pk).check_password(people.PASSWORD)
    assert person.grants.get().reason == "./rembuk create-admin: SK Bupati 12/2026"
    entries = AuditEntry.objects.filter(verb="person.administrator_made").order_by("pk")
    assert [entry.reason for entry in entries] == ["", "SK Bupati 12/2026"]


def test_second_administrator_without_a_reason_is_refused(monkeypatch):
    create(monkeypatch)
    people.citizen(email="budi@contoh.id")
    with pytest.raises(CommandError, match="reason"):
        create(monkeypatch, "budi@contoh.id")
    assert Person.objects.filter(grants__isnull=False).count() == 1


def test_administrator_is_not_made_twice(monkeypatch):
    create(monkeypatch)
    with pytest.raises(CommandError, match="already"):
        create(monkeypatch, reason="Sekali lagi")
    assert Person.objects.get().grants.count() == 1
    assert AuditEntry.objects.filter(verb="person.administrator_made").count() == 1


def test_suspended_account_is_refused(monkeypatch):
    create(monkeypatch)
    people.citizen(email="budi@contoh.id", is_active=False)
    with pytest.raises(CommandError, match="suspended"):
        create(monkeypatch, "budi@contoh.id", reason="SK")
    assert Person.objects.filter(grants__isnull=False).count() == 1


@pytest.mark.parametrize(
    "unfit",
    [{"email": "no-address"}, {"password": "12345678"}, {"name": "  "}],
    ids=["email", "password", "name"],
)
def test_unfit_answer_is_refused_and_leaves_nobody(monkeypatch, unfit):
    with pytest.raises(CommandError):
        create(monkeypatch, **unfit)
    assert not Person.objects.exists()


def test_without_a_code_it_is_the_instansi_whatever_its_code(monkeypatch):
    create(monkeypatch, unit="KAB", unit_name="Kabupaten Contoh")
    create(monkeypatch, email="b@contoh.id", reason="SK")
    assert Person.objects.get(email="b@contoh.id").grants.get().unit.code == "KAB"
    assert WorkUnit.objects.count() == 1


def test_without_a_code_two_instansi_or_none_are_asked_about(monkeypatch):
    create(monkeypatch, unit="KAB", unit_name="Kabupaten Contoh")
    WorkUnit.objects.update(kind=WorkUnit.Kind.AGENCY)
    with pytest.raises(CommandError, match=r"--unit.*KAB"):
        create(monkeypatch, email="b@contoh.id", reason="SK")
    tree.plant(code="A", name="A", kind=WorkUnit.Kind.INSTANSI)
    tree.plant(code="B", name="B", kind=WorkUnit.Kind.INSTANSI)
    with pytest.raises(CommandError, match=r"--unit.*A, B, KAB"):
        create(monkeypatch, email="b@contoh.id", reason="SK")


def test_unknown_unit_in_a_grown_tree_is_refused_with_the_roots(monkeypatch):
    create(monkeypatch, unit="KAB", unit_name="Kabupaten Contoh")
    with pytest.raises(CommandError, match="KAB"):
        create(monkeypatch, email="b@contoh.id", unit="DINAS-X", reason="SK")
