"""Every POST needs the form's token; the one address for mail programs (RFC 8058) alone does without."""

import pytest
from django.test import Client

from rembuk.audit.models import AuditEntry
from tests.architecture.test_routes import ROUTES
from tests.security import world

pytestmark = pytest.mark.django_db
WITHOUT_TOKEN = {"notifikasi/berhenti/<str:token>/"}


def test_post_without_a_token_is_403_on_every_route() -> None:
    made = world.furnish()
    client = Client(enforce_csrf_checks=True)
    client.force_login(made.admin)
    before = AuditEntry.objects.count()
    statuses = {route: client.post(path).status_code for route, path in world.addresses(made).items()}
    assert {route for route, status in statuses.items() if status != 403} == WITHOUT_TOKEN
    assert AuditEntry.objects.count() - before == len(WITHOUT_TOKEN)


def test_no_view_but_that_of_mail_programs_is_exempt() -> None:
    exempt = {route for route, entry in ROUTES.items() if getattr(entry.callback, "csrf_exempt", False)}
    assert exempt == WITHOUT_TOKEN


def test_token_of_another_browser_is_refused() -> None:
    made = world.furnish()
    other, mine = Client(), Client(enforce_csrf_checks=True)
    other.get("/akun/masuk/")
    mine.force_login(made.author)
    mine.get("/akun/pengaturan/")
    data = {"csrfmiddlewaretoken": other.cookies["rembuk_csrf"].value, "name": "Orang lain"}
    assert mine.post("/akun/pengaturan/", data).status_code == 403


def test_unsafe_methods_other_than_post_change_nothing() -> None:
    made = world.furnish()
    client = Client(enforce_csrf_checks=True)
    client.force_login(made.admin)
    for method in ("put", "patch", "delete"):
        for route, path in world.addresses(made).items():
            status = getattr(client, method)(path).status_code
            assert status in {403, 405, 404} or route in WITHOUT_TOKEN, (method, route, status)
