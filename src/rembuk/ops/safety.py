"""What keeps a site from being opened to the public, in sentences an operator can act on."""

from dataclasses import dataclass

from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error

from rembuk.ops import before
from rembuk.runtime import env
from rembuk.runtime.env import SAMPLE_SECRETS, Environment

SHORTEST_SECRET = 32
_DURABILITY = ("fsync", "synchronous_commit")


@dataclass(frozen=True)
class Findings:
    """Refusals keep a production site closed; warnings do not."""

    refusals: tuple[str, ...]
    warnings: tuple[str, ...]


def inspect(environment: Environment) -> Findings:
    """Judge the settings and the database for use in public."""
    return Findings(
        refusals=(*_refused_settings(environment), *_refused_database()),
        warnings=tuple(_warned_settings(environment)),
    )


def _refused_settings(environment: Environment) -> list[str]:
    found = []
    if not environment.secret_key:
        found.append("REMBUK_SECRET_KEY is missing: set it to a long random text of your own.")
    elif _is_sample(environment.secret_key):
        found.append(
            "REMBUK_SECRET_KEY is a sample or too short: set a random text of at least "
            f"{SHORTEST_SECRET} characters."
        )
    if environment.debug:
        found.append("REMBUK_DEBUG is on: it shows the inside of the site to everybody.")
    if not environment.hosts:
        found.append("REMBUK_HOSTS is missing: name the host the site is reached by.")
    elif "*" in environment.hosts:
        found.append("REMBUK_HOSTS holds *: name the hosts, or links in mails can be forged.")
    return found


def _is_sample(secret: str) -> bool:
    return (
        len(secret) < SHORTEST_SECRET
        or len(set(secret)) < 8
        or secret.startswith("django-insecure")
        or any(sample in secret.lower() for sample in SAMPLE_SECRETS if len(sample) > 6)
    )


def _refused_database() -> list[str]:
    try:
        with connection.cursor() as cursor:
            found = []
            for setting in _DURABILITY:
                cursor.execute("SELECT current_setting(%s)", [setting])
                if cursor.fetchone()[0] == "off":
                    found.append(
                        f"PostgreSQL runs with {setting}=off: a power cut may lose what people sent."
                    )
            cursor.execute(
                "SELECT rolsuper OR EXISTS (SELECT FROM pg_class WHERE relname = 'audit_entry'"
                " AND pg_has_role(relowner, 'USAGE')) FROM pg_roles WHERE rolname = current_user"
            )
            if cursor.fetchone()[0]:
                found.append(
                    "The role of DATABASE_URL can alter the audit trail: give it no tables and no powers."
                )
    except Error as error:
        return [f"The database of DATABASE_URL cannot be reached: {error}"]
    return found + _unapplied_migrations()


def _unapplied_migrations() -> list[str]:
    if before.is_before_first_release(connections["default"]):
        return [before.TOO_OLD]
    executor = MigrationExecutor(connections["default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{len(plan)} migrations are not applied: run ./rembuk migrate."] if plan else []


def _warned_settings(environment: Environment) -> list[str]:
    found = []
    if not environment.base_url.startswith("https://"):
        found.append(f"REMBUK_BASE_URL is {environment.base_url}: links in mails should begin with https://.")
    if not environment.email_url:
        found.append(f"REMBUK_EMAIL_URL is missing: mail is written to {environment.mail_dir} and not sent.")
    return found


def refuse_unsafe_start() -> None:
    """End a production start that `check` would refuse; other sites start as they are."""
    environment = env.load()
    if not environment.is_production:
        return
    try:
        findings = inspect(environment)
    finally:
        _let_go()
    if findings.refusals:
        raise SystemExit("The site is not started:\n" + "\n".join(f"- {each}" for each in findings.refusals))


def _let_go() -> None:
    """Close what was opened to look: a web server that forks would take over a pool without its threads, which neither
    grows nor replaces a connection that died."""
    for each in connections.all(initialized_only=True):
        each.close()
        if isinstance(each, DatabaseWrapper):
            each.close_pool()
