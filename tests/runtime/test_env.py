"""Settings of the operator: defaults, `.env`, forms that are refused."""

import stat
from pathlib import Path

import pytest

from rembuk.runtime import env


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    return tmp_path / "no.env"


def test_load_without_settings_is_demo_on_embedded_database(tmp_path, nothing):
    loaded = env.load({"REMBUK_VAR": str(tmp_path)}, nothing)
    assert (loaded.kind, loaded.is_embedded, loaded.debug) == ("demo", True, False)
    assert loaded.database_url.startswith("postgresql://rembuk_app@/rembuk?host=/tmp/rembuk-")
    assert loaded.owner_url.startswith("postgresql://rembuk_owner@/rembuk?host=")


def test_load_with_database_url_is_production(tmp_path, nothing):
    loaded = env.load({"REMBUK_VAR": str(tmp_path), "DATABASE_URL": "postgresql://app@db/rembuk"}, nothing)
    assert (loaded.kind, loaded.is_embedded, loaded.secret_key) == ("production", False, "")
    assert loaded.owner_url == "postgresql://app@db/rembuk"


def test_load_owner_without_application_address_is_refused(nothing):
    with pytest.raises(env.InvalidEnvironment, match="without DATABASE_URL"):
        env.load({"REMBUK_OWNER_URL": "postgresql://owner@db/rembuk"}, nothing)


def test_secret_unset_is_made_once_and_private(tmp_path, nothing):
    first = env.load({"REMBUK_VAR": str(tmp_path)}, nothing).secret_key
    again = env.load({"REMBUK_VAR": str(tmp_path)}, nothing).secret_key
    assert first == again
    assert len(first) >= 48
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_secrets_never_stand_in_the_representation(tmp_path, nothing):
    given = {
        "REMBUK_VAR": str(tmp_path),
        "DATABASE_URL": "postgresql://a:hidden1@db/x",
        "REMBUK_SECRET_KEY": "hidden2",
    }
    assert "hidden" not in repr(env.load(given, nothing))


def test_process_variable_wins_over_dotenv(tmp_path):
    dotenv = tmp_path / ".env"
    dotenv.write_text(
        "# comment\nexport REMBUK_BASE_URL='https://a.go.id/'\nREMBUK_LOG_LEVEL=debug\nREMBUK_HOSTS=\n"
    )
    given = {"REMBUK_VAR": str(tmp_path), "REMBUK_HOSTS": "a.go.id, b.go.id"}
    loaded = env.load(given, dotenv)
    assert (loaded.base_url, loaded.log_level, loaded.hosts) == (
        "https://a.go.id",
        "DEBUG",
        ("a.go.id", "b.go.id"),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REMBUK_ENV", "live"),
        ("REMBUK_DEBUG", "maybe"),
        ("REMBUK_WEB_THREADS", "0"),
        ("REMBUK_WEB_WORKERS", "two"),
    ],
)
def test_value_of_wrong_form_is_refused_by_name(tmp_path, nothing, name, value):
    with pytest.raises(env.InvalidEnvironment, match=name):
        env.load({"REMBUK_VAR": str(tmp_path), name: value}, nothing)


def test_database_settings_reads_socket_password_and_options():
    assert env.database_settings("postgresql://u:p%40ss@/d?host=/run/pg&sslmode=require") == {
        "NAME": "d",
        "USER": "u",
        "PASSWORD": "p@ss",
        "HOST": "/run/pg",
        "PORT": "",
        "OPTIONS": {"sslmode": "require"},
    }


def test_database_settings_of_another_engine_is_refused():
    with pytest.raises(env.InvalidEnvironment, match="mysql"):
        env.database_settings("mysql://u@h/d")


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.go.id", 25, False, False),
        ("smtp+tls://u:p@mail.go.id", 587, True, False),
        ("smtps://mail.go.id:4465", 4465, False, True),
    ],
)
def test_email_settings_follow_the_scheme(url, port, tls, ssl):
    parts = env.email_settings(url)
    assert (parts["port"], parts["use_tls"], parts["use_ssl"]) == (port, tls, ssl)
    assert parts["host"] == "mail.go.id"


def test_every_variable_read_stands_in_the_sample_and_the_document():
    source = Path(env.__file__).read_text()
    import re

    read = set(re.findall(r'"(REMBUK_[A-Z_]+|DATABASE_URL)"', source))
    for document in (".env.example", "docs/operate/settings.md"):
        text = (env.ROOT / document).read_text()
        assert {name for name in read if name not in text} == set(), document


def test_load_pgbouncer_is_off_unless_said(tmp_path, nothing):
    given = {"REMBUK_VAR": str(tmp_path)}
    assert env.load(given, nothing).is_pooled is False
    assert env.load({**given, "REMBUK_PGBOUNCER": "1"}, nothing).is_pooled is True


def test_database_settings_several_hosts_stand_in_the_query():
    found = env.database_settings(
        "postgresql://app:secret@/rembuk?host=db1,db2&port=5432,5432&target_session_attrs=read-write"
    )
    assert (found["HOST"], found["PORT"]) == ("db1,db2", "5432,5432")
    assert found["OPTIONS"] == {"target_session_attrs": "read-write"}
