"""Probes: alive without a database, ready with database and worker, figures for this machine or a token."""

from datetime import timedelta

import pytest
from django.db import connection

from rembuk.common import clock
from rembuk.engagement.actions.recount import recount
from rembuk.engagement.actions.votes import cast_vote
from rembuk.engagement.models import Tally
from rembuk.web.machine import health
from tests import people, scenes
from tests.engagement import talks


def give_heartbeat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (clock_timestamp() - make_interval(secs => %s))",
            [seconds_ago],
        )


def test_healthz_asks_nothing_of_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
@pytest.mark.parametrize(("silence", "status"), [(5, 200), (90, 503)])
def test_readyz_depends_on_the_heartbeat_of_a_worker(client, silence, status):
    give_heartbeat(silence)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (status, {"database": True, "worker": status == 200})


@pytest.mark.django_db
def test_readyz_without_any_worker_is_503(client):
    assert client.get("/readyz").status_code == 503


def test_readyz_without_database_is_503_and_names_it(client, monkeypatch):
    monkeypatch.setattr(health, "look", lambda: health.Health(has_database=False))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, False)


@pytest.mark.django_db
def test_metrics_tell_of_database_worker_and_requests(client):
    give_heartbeat(5)
    client.get("/healthz")
    text = client.get("/metrics").content.decode()
    assert "rembuk_database_up 1.0" in text
    assert "rembuk_worker_up 1.0" in text
    assert 'rembuk_request_seconds_count{method="GET",route="healthz",status="2xx"}' in text


@pytest.mark.django_db
def test_metrics_tell_how_long_a_vote_waits_for_its_tally(client):
    asked = "rembuk_oldest_delta_seconds "
    assert f"{asked}0.0" in client.get("/metrics").content.decode()
    ballot = talks.ballot(talks.subject(scenes.regency().works))
    cast_vote(ballot, voter=people.citizen(), value=1, at=clock.now() - timedelta(seconds=90))
    text = client.get("/metrics").content.decode()
    assert 90 <= float(text.split(f"\n{asked}")[1].split()[0]) < 150


def _figure(client, name):
    lines = client.get("/metrics").content.decode().splitlines()
    return next((float(line.split()[1]) for line in lines if line.startswith(f"{name} ")), None)


@pytest.mark.django_db
def test_metrics_tell_what_the_latest_recount_found_and_how_long_ago(client):
    assert _figure(client, "rembuk_recount_age_seconds") is None
    assert _figure(client, "rembuk_recount_differences") is None
    ballot = talks.ballot(talks.subject(scenes.regency().works))
    cast_vote(ballot, voter=people.citizen(), value=1)
    Tally.objects.create(ballot=ballot, choice=1, count=2)
    recount(at=clock.now() - timedelta(hours=30))
    assert _figure(client, "rembuk_recount_differences") == 1
    assert 108_000 <= _figure(client, "rembuk_recount_age_seconds") < 108_060
    recount()
    assert _figure(client, "rembuk_recount_differences") == 0
    assert _figure(client, "rembuk_recount_age_seconds") < 60


@pytest.mark.django_db
def test_metrics_from_elsewhere_need_the_token(client, settings):
    settings.METRICS_TOKEN = "t0ken"
    refused = client.get("/metrics", REMOTE_ADDR="203.0.113.9")
    allowed = client.get("/metrics", REMOTE_ADDR="203.0.113.9", headers={"Authorization": "Bearer t0ken"})
    assert (refused.status_code, allowed.status_code) == (403, 200)


@pytest.mark.django_db
def test_metrics_through_an_unknown_proxy_are_refused(client):
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403


@pytest.mark.django_db
def test_metrics_of_a_visitor_behind_a_trusted_proxy_are_refused(client, settings):
    settings.TRUSTED_PROXIES = ("127.0.0.1",)
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403
