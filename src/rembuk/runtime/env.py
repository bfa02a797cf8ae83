"""The settings an operator gives: environment variables and `.env`, read once into a typed value.

Every variable is listed in `.env.example` and `docs/operate/settings.md`. Settings an administrator changes
while the site runs (name, logo, deadlines) live in the database, not here. Loading starts nothing.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from rembuk.runtime.places import describe

ROOT = Path(__file__).resolve().parents[3]
SAMPLE_SECRETS = frozenset({"change-me", "changeme", "secret", "rahasia", "ganti-saya"})
Kind = Literal["demo", "production", "test"]


class InvalidEnvironment(ValueError):
    """A variable cannot be understood; the message names it and what is expected."""


@dataclass(frozen=True)
class Environment:
    """What the operator has set, with defaults that run the demo on one machine."""

    kind: Kind
    var: Path
    database_url: str = field(repr=False)
    owner_url: str = field(repr=False)
    is_embedded: bool
    is_pooled: bool
    secret_key: str = field(repr=False)
    debug: bool
    hosts: tuple[str, ...]
    base_url: str
    email_url: str = field(repr=False)
    mail_from: str
    mail_dir: Path
    uploads_dir: Path
    accel_prefix: str
    trusted_proxies: tuple[str, ...]
    clamav_socket: str
    metrics_token: str = field(repr=False)
    log_level: str
    time_zone: str
    web_workers: int
    web_threads: int
    page_cache_mb: int
    replica_url: str = field(repr=False)
    replica_most_seconds: int

    @property
    def is_production(self) -> bool:
        """A site for the public, where unsafe settings are refused."""
        return self.kind == "production"

    @property
    def is_demo(self) -> bool:
        """The demonstration: made-up content, mail kept in files and shown."""
        return self.kind == "demo"


def load(variables: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Environment:
    """Read the environment (the process's own by default) over `.env`, and return it checked for form.

    A site with a database of its own is a production site unless REMBUK_ENV says otherwise; its web server
    and worker need not know REMBUK_OWNER_URL.

    Raises InvalidEnvironment for a value of the wrong form. Whether the whole is fit for production is
    asked by the command `check`.
    """
    given = dict(os.environ if variables is None else variables)
    known = read_dotenv(ROOT / ".env" if dotenv is None else dotenv) | given
    kind = _kind(known.get("REMBUK_ENV") or ("production" if known.get("DATABASE_URL") else "demo"))
    var = Path(known.get("REMBUK_VAR") or ROOT / "var").absolute()
    database_url, owner_url, is_embedded = _addresses(known, var)
    return Environment(
        kind=kind,
        var=var,
        database_url=database_url,
        owner_url=owner_url,
        is_embedded=is_embedded,
        is_pooled=_flag(known, "REMBUK_PGBOUNCER"),
        secret_key=known.get("REMBUK_SECRET_KEY") or ("" if kind == "production" else _kept_secret(var)),
        debug=_flag(known, "REMBUK_DEBUG"),
        hosts=_words(known, "REMBUK_HOSTS"),
        base_url=known.get("REMBUK_BASE_URL", "").rstrip("/") or "http://127.0.0.1:8000",
        email_url=known.get("REMBUK_EMAIL_URL", ""),
        mail_from=known.get("REMBUK_MAIL_FROM") or "Rembuk <rembuk@localhost>",
        mail_dir=Path(known.get("REMBUK_MAIL_DIR") or var / "mail").absolute(),
        uploads_dir=Path(known.get("REMBUK_UPLOADS_DIR") or var / "uploads").absolute(),
        accel_prefix=known.get("REMBUK_ACCEL_PREFIX", ""),
        trusted_proxies=_words(known, "REMBUK_TRUSTED_PROXIES"),
        clamav_socket=known.get("REMBUK_CLAMAV_SOCKET", ""),
        metrics_token=known.get("REMBUK_METRICS_TOKEN", ""),
        log_level=(known.get("REMBUK_LOG_LEVEL") or ("WARNING" if kind == "demo" else "INFO")).upper(),
        time_zone=known.get("REMBUK_TIME_ZONE") or "Asia/Jakarta",
        web_workers=_number(known, "REMBUK_WEB_WORKERS", 1),
        web_threads=_number(known, "REMBUK_WEB_THREADS", 8),
        page_cache_mb=_number(known, "REMBUK_PAGE_CACHE_MB", 64, least=0),
        replica_url=known.get("REMBUK_REPLICA_URL", ""),
        replica_most_seconds=_number(known, "REMBUK_REPLICA_MOST_SECONDS", 30),
    )


def read_dotenv(path: Path) -> dict[str, str]:
    """Read `NAME=value` lines; a hash begins a comment line, and quotes around a value are dropped."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    found = {}
    for line in lines:
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if not equals or name.startswith("#"):
            continue
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        found[name.strip()] = value
    return found


def database_settings(url: str) -> dict[str, Any]:
    """Return the parts of a PostgreSQL address as Django names them, with the query as connection options.

    `host` and `port` may stand in the query, as for a socket directory: `postgresql://role@/name?host=/run/x`.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise InvalidEnvironment(f"a database address begins with postgresql://, not {parts.scheme}://")
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": options.pop("port", None) or str(parts.port or ""),
        "OPTIONS": options,
    }


def email_settings(url: str) -> dict[str, Any]:
    """Return the parts of `smtp://user:password@host:587`, `smtps://` (TLS from the start) or `smtp+tls://`."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps", "smtp+tls"):
        raise InvalidEnvironment("REMBUK_EMAIL_URL begins with smtp://, smtp+tls:// or smtps://")
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 30,
    }


def _addresses(known: Mapping[str, str], var: Path) -> tuple[str, str, bool]:
    app, owner = known.get("DATABASE_URL", ""), known.get("REMBUK_OWNER_URL", "")
    if app:
        return app, owner or app, False
    if owner:
        raise InvalidEnvironment(
            "REMBUK_OWNER_URL is set without DATABASE_URL, the application's own address"
        )
    local = describe(var)
    return local.app_url, local.owner_url, True


def _kind(word: str) -> Kind:
    kinds: dict[str, Kind] = {"demo": "demo", "production": "production", "test": "test"}
    if word not in kinds:
        raise InvalidEnvironment(f"REMBUK_ENV is demo, production or test, not {word}")
    return kinds[word]


def _flag(known: Mapping[str, str], name: str) -> bool:
    word = known.get(name, "").lower()
    if word not in ("", "0", "1", "false", "true", "no", "yes"):
        raise InvalidEnvironment(f"{name} is 1 or 0, not {word}")
    return word in ("1", "true", "yes")


def _number(known: Mapping[str, str], name: str, default: int, *, least: int = 1) -> int:
    word = known.get(name) or str(default)
    if not word.isdecimal() or int(word) < least:
        raise InvalidEnvironment(f"{name} is a whole number from {least}, not {word}")
    return int(word)


def _words(known: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(word for word in known.get(name, "").replace(",", " ").split() if word)


def _kept_secret(var: Path) -> str:
    """Return the secret kept in `var/`, made on first use and readable by its owner alone."""
    path = var / "secret-key"
    try:
        if not path.exists():
            _make_secret(path)
        return path.read_text().strip()
    except PermissionError as error:
        raise InvalidEnvironment(f"REMBUK_VAR is {var}, which this user may not use: {error}") from error


def _make_secret(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"secret-key.{os.getpid()}")
    made.touch(mode=0o600)
    made.write_text(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(made, path)  # whoever is first wins; two starts at once agree on one secret
    except FileExistsError:
        pass
    finally:
        made.unlink()
