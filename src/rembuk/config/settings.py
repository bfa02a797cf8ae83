"""Django's settings. What an operator sets comes from ``runtime.env``; what an administrator sets, from ``siteconfig``."""

import logging
import os
import sys
from typing import Any

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from rembuk.logbook.config import logging_config
from rembuk.runtime import env
from rembuk.runtime.hangup import refuse_dead

ENV = env.load()

SECRET_KEY = ENV.secret_key or "unset"
DEBUG = ENV.debug
ALLOWED_HOSTS = list(ENV.hosts) or (["127.0.0.1", "localhost", "[::1]"] if not ENV.is_production else [])
BASE_URL = ENV.base_url
CSRF_TRUSTED_ORIGINS = [ENV.base_url] if ENV.base_url.startswith("http") else []
DEMO = ENV.is_demo
TESTING = ENV.kind == "test"

INSTALLED_APPS = [
    "rembuk.logbook",
    "rembuk.keeping",
    "rembuk.audit",
    "rembuk.regions",
    "rembuk.notifications",
    "rembuk.files",
    "rembuk.workdays",
    "rembuk.siteconfig",
    "rembuk.accounts",
    "rembuk.workunits",
    "rembuk.taxonomy",
    "rembuk.access",
    "rembuk.exports",
    "rembuk.engagement",
    "rembuk.proposals",
    "rembuk.programs",
    "rembuk.consultations",
    "rembuk.insights",
    "rembuk.reports",
    "rembuk.management",
    "rembuk.web",
    "rembuk.ops",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_filters",
    "django_structlog",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "rembuk.web.machine.measuring.Measure",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Packs what CachePolicy has not: pages of people, with random padding against BREACH.
    "rembuk.web.serving.packing.PackTexts",
    "rembuk.web.sending.middleware.RememberSending",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "rembuk.web.middleware.PeopleOnlyWithASession",
    "rembuk.web.middleware.LanguageInThePath",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "rembuk.web.middleware.RequestContext",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rembuk.web.accounts.presence.SessionsSeen",
    "django_htmx.middleware.HtmxMiddleware",
    "rembuk.web.middleware.CachePolicy",
    "rembuk.web.sending.middleware.AnswerAgain",
    "rembuk.web.middleware.DomainErrors",
    "rembuk.web.middleware.WithoutNul",
]

ROOT_URLCONF = "rembuk.config.urls"
WSGI_APPLICATION = "rembuk.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [env.ROOT / "src/rembuk/web/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "rembuk.web.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "rembuk.web.templatetags.ui",
                "rembuk.web.sending.tags",
            ],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    settings: dict[str, Any] = {"ENGINE": "rembuk.common.postgresql", **env.database_settings(url)}
    # Only composed statements are kept by the server (common.composed), which ask for it; none for having come often.
    mine = {"application_name": "rembuk", "prepare_threshold": sys.maxsize}
    settings["OPTIONS"] = {**settings.get("OPTIONS", {}), **mine}
    return settings


DATABASES: dict[str, dict[str, Any]] = {
    "default": _database(ENV.database_url),
    "owner": _database(ENV.owner_url),
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
REPLICA_MOST_SECONDS = ENV.replica_most_seconds
if ENV.replica_url:
    # Used by common.reading alone, never by a router; it refuses writes whatever the role may do.
    DATABASES["replica"] = _database(ENV.replica_url)
    DATABASES["replica"]["OPTIONS"] |= {
        "options": "-c default_transaction_read_only=on",
        "connect_timeout": 3,
    }
# PgBouncer lends a connection for one transaction: no cursor outlives it, and timeouts are set there.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = ENV.is_pooled
if os.environ.get("REMBUK_PROCESS") == "web" and not ENV.is_pooled:
    # A page that takes so long helps nobody; a job of the worker may take its time.
    DATABASES["default"]["OPTIONS"]["options"] = (
        "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    )
if not TESTING and not {"migrate", "makemigrations"} & set(sys.argv):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": max(4, ENV.web_threads + 2),
        "timeout": 5,
        # The pool tries again at growing intervals: over a longer time they would outlast the failover they wait for.
        "reconnect_timeout": 5,
        "check": refuse_dead,
    }
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "rembuk.accounts.passwords.hashing.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email", "sign_in_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:profile"

ACCOUNT_ADAPTER = "rembuk.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Limits are rows of our own (accounts.quotas), and a session is noted as seen every quarter of an hour, not at each page.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_LOGIN_TIMEOUT = 3600
USERSESSIONS_TRACK_ACTIVITY = False
# Only the step of the sign-in is allauth's; what a code is worth, pages and limits are ours (accounts.second_factor).
MFA_ADAPTER = "rembuk.web.accounts.second_factor.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp"]

PAGE_CACHE_BYTES = ENV.page_cache_mb * 1_000_000

SESSION_COOKIE_NAME = "rembuk_session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "rembuk_csrf"
CSRF_FAILURE_VIEW = "rembuk.web.errors.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

IS_HTTPS = ENV.base_url.startswith("https://")
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxies else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "blob:", "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rembuk",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [env.ROOT / "src/rembuk/locale"]
TIME_ZONE = ENV.time_zone
USE_TZ = True
FORMAT_MODULE_PATH = ["rembuk.config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = ENV.var / "static"
STATICFILES_DIRS = [env.ROOT / "src/rembuk/web/static"]
MEDIA_ROOT = ENV.uploads_dir
ACCEL_PREFIX = ENV.accel_prefix
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = False
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
CLAMAV_SOCKET = ENV.clamav_socket

DEFAULT_FROM_EMAIL = ENV.mail_from
SERVER_EMAIL = ENV.mail_from
MAIL_DIR = ENV.mail_dir


def _mailer(url: str) -> dict[str, Any]:
    if not url:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"BACKEND": backend, "OPTIONS": {"file_path": str(ENV.mail_dir)}}
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": env.email_settings(url)}


MAILERS = {"default": _mailer(ENV.email_url)}

TRUSTED_PROXIES = ENV.trusted_proxies
METRICS_TOKEN = ENV.metrics_token
DJANGO_STRUCTLOG_USER_ID_FIELD = None
# What somebody asked wrongly is no warning; refusals that matter are events of their own (logbook.events).
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
LOGGING = logging_config(ENV)
SILENCED_SYSTEM_CHECKS: list[str] = []
