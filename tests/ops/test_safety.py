"""What keeps a site from the public, one sentence each."""

from dataclasses import replace

import pytest
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from rembuk.ops import safety
from rembuk.runtime import env

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
GOOD = "k3Yw-8s7dQmZ2pLx0vTn4cRb6hJf9gUa1eWi5oXy"


@pytest.fixture
def fit(tmp_path):
    given = {
        "REMBUK_ENV": "production",
        "REMBUK_VAR": str(tmp_path),
        "REMBUK_SECRET_KEY": GOOD,
        "REMBUK_HOSTS": "partisipasi.contoh.go.id",
        "REMBUK_BASE_URL": "https://partisipasi.contoh.go.id",
        "REMBUK_EMAIL_URL": "smtp+tls://mail.contoh.go.id",
    }
    return env.load(given, tmp_path / "no.env")


@pytest.fixture
def owner_as_application(monkeypatch):
    monkeypatch.setattr(safety, "connection", connections["owner"])
    yield
    connections["owner"].close()


def settings_refusals(environment):
    return [each for each in safety.inspect(environment).refusals if each.startswith("REMBUK_")]


def test_fit_settings_are_not_refused(fit):
    assert settings_refusals(fit) == []
    assert safety.inspect(fit).warnings == ()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"secret_key": ""}, "REMBUK_SECRET_KEY is missing"),
        ({"secret_key": "short"}, "REMBUK_SECRET_KEY is a sample"),
        ({"secret_key": "change-me" * 6}, "REMBUK_SECRET_KEY is a sample"),
        ({"secret_key": "a" * 60}, "REMBUK_SECRET_KEY is a sample"),
        ({"secret_key": "django-insecure-" + GOOD}, "REMBUK_SECRET_KEY is a sample"),
        ({"debug": True}, "REMBUK_DEBUG"),
        ({"hosts": ()}, "REMBUK_HOSTS is missing"),
        ({"hosts": ("*",)}, "REMBUK_HOSTS holds *"),
    ],
)
def test_unsafe_setting_is_refused_by_name(fit, change, named):
    refusals = settings_refusals(replace(fit, **change))
    assert len(refusals) == 1
    assert refusals[0].startswith(named)


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit"])
def test_forgetful_database_is_refused(fit, setting):
    # The server of the suite runs with both off.
    assert any(f"{setting}=off" in each for each in safety.inspect(fit).refusals)


def test_durable_database_is_not_refused(fit, monkeypatch):
    monkeypatch.setattr(safety, "_DURABILITY", ())
    assert safety.inspect(fit).refusals == ()


def test_role_that_owns_the_trail_is_refused(fit, owner_as_application):
    assert any("alter the audit trail" in each for each in safety.inspect(fit).refusals)


def test_role_that_owns_nothing_is_not_refused(fit):
    assert not any("alter the audit trail" in each for each in safety.inspect(fit).refusals)


@pytest.mark.parametrize(
    ("change", "named"),
    [({"base_url": "http://x"}, "REMBUK_BASE_URL"), ({"email_url": ""}, "REMBUK_EMAIL_URL")],
)
def test_unwise_setting_is_a_warning(fit, change, named):
    assert [each for each in safety.inspect(replace(fit, **change)).warnings if named in each]


def test_production_start_ends_with_the_reasons(monkeypatch, fit):
    monkeypatch.setattr(safety.env, "load", lambda: replace(fit, secret_key=""))
    with pytest.raises(SystemExit, match="REMBUK_SECRET_KEY is missing"):
        safety.refuse_unsafe_start()


def test_demo_starts_as_it_is(monkeypatch, fit):
    monkeypatch.setattr(safety.env, "load", lambda: replace(fit, kind="demo", secret_key=""))
    safety.refuse_unsafe_start()


def test_production_start_leaves_no_pool_behind_for_forked_processes(fit, monkeypatch):
    pooled = {**connections["default"].settings_dict, "CONN_MAX_AGE": 0}
    asked = DatabaseWrapper({**pooled, "OPTIONS": {**pooled["OPTIONS"], "pool": True}}, "asked")

    def look(_environment):
        asked.pool.open()
        asked.connection = asked.pool.getconn()
        assert "asked" in DatabaseWrapper._connection_pools
        return safety.Findings((), ())

    monkeypatch.setattr(safety.env, "load", lambda: fit)
    monkeypatch.setattr(safety, "inspect", look)
    monkeypatch.setattr(safety.connections, "all", lambda **_only: [asked])
    safety.refuse_unsafe_start()
    assert asked.connection is None
    assert "asked" not in DatabaseWrapper._connection_pools


def test_start_that_is_refused_leaves_no_pool_behind_either(fit, monkeypatch):
    closed = []
    monkeypatch.setattr(safety.env, "load", lambda: fit)
    monkeypatch.setattr(safety, "inspect", lambda _environment: safety.Findings(("no",), ()))
    monkeypatch.setattr(safety, "_let_go", lambda: closed.append(True))
    with pytest.raises(SystemExit, match="- no"):
        safety.refuse_unsafe_start()
    assert closed == [True]
