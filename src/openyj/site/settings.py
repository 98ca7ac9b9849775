"""Settings. Everything that differs between places comes from the environment; they refuse to start a
site that would be insecure.

    DATABASE_URL        the database, as openyj_app (the owner's only while migrating)
    SECRET_KEY          at least 50 random characters
    ALLOWED_HOSTS       host names, separated by commas
    OPENYJ_MODE         "production" (the default), "demo" or "test"
    OPENYJ_FILES_BUCKET an S3-compatible bucket for files (default: they are in the database), at
                        OPENYJ_FILES_ENDPOINT; with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
    OPENYJ_FILES_MOST_MB  the largest file that is kept (default 20)
    OPENYJ_FILES_SCAN   a virus scanner's command, to which a file's path is added: exits 0 for clean, 1 for bad
    SESSION_MINUTES     minutes of rest after which a person signs in again (default 30)
    OPENYJ_OUTBOX       the folder messages are written to while no provider is set up (default .data/outbox)
    NOTIFY_API_KEY      GOV.UK Notify's key; then messages are sent, by the templates NOTIFY_EMAIL_TEMPLATE and
                        NOTIFY_TEXT_TEMPLATE
    OPENYJ_BEHIND_PROXY "yes" when a proxy that sets X-Forwarded-Proto ends TLS before the site
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from openyj.site.rooms import DJANGO_ROOMS

MODE = os.environ.get("OPENYJ_MODE", "production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"OPENYJ_MODE is {MODE!r}; it must be production, demo or test.")
PRODUCTION, DEMO = MODE == "production", MODE == "demo"
DEBUG = False

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if len(SECRET_KEY) < 50 and MODE != "test":
    raise ImproperlyConfigured("Set SECRET_KEY to at least 50 random characters.")
SECRET_KEY = SECRET_KEY or "only for tests " * 4
ALLOWED_HOSTS = [h for h in os.environ.get("ALLOWED_HOSTS", "").split(",") if h]
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names this site is reached by, separated by commas; not '*'.")
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]", "testserver"]


def read_database_url(url: str) -> dict[str, object]:
    """A `postgresql://user:password@host:port/name?host=/socket` address as Django's DATABASES entry."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("Set DATABASE_URL to a postgresql:// address. ./run sets it for demo and tests.")
    query = {k: v[0] for k, v in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": parts.port or "",
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # The database keeps the plan of a question asked often: planning was three quarters of its work for a page of a
        # record (docs/decisions/0035-plans-kept-by-the-database.md).
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5, **query},
        "TEST": {"SERIALIZE": False},
    }


DATABASES = {"default": read_database_url(os.environ.get("DATABASE_URL", ""))}

INSTALLED_APPS = [
    "procrastinate.contrib.django",  # first: the rooms add their background work to it as they start
    *(f"openyj.{room}" for room in DJANGO_ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "openyj.accounts.middleware.NeverCached",
    "openyj.accounts.handed_over.KeptToHandOver",
    "openyj.accounts.middleware.SignedIn",
    "openyj.accounts.middleware.DatabaseScope",
    "openyj.accounts.middleware.NoNullBytes",
    "openyj.accounts.middleware.DeclaredAccess",
]
ROOT_URLCONF = "openyj.site.urls"
WSGI_APPLICATION = "openyj.site.wsgi.application"
FORM_RENDERER = "openyj.core.govuk.GovukRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "openyj.core.context.page",
                "openyj.accounts.context.page",
                "openyj.home.context.page",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "openyj.accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "openyj.accounts.forms.SignInForm",
    "reauthenticate": "openyj.accounts.forms.ReauthenticateForm",
    "change_password": "openyj.accounts.forms.ChangePasswordForm",
    "reset_password_from_key": "openyj.accounts.forms.SetPasswordForm",
    "user_token": "openyj.accounts.forms.LinkForm",
}
# Lockout: by the address typed in as well as by the machine, because an office shares one machine address.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"}}
SESSION_MINUTES = int(os.environ.get("SESSION_MINUTES", "30"))
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; rest is counted by accounts.middleware.SignedIn
SESSION_COOKIE_NAME = "openyj_session"
CSRF_COOKIE_NAME = "openyj_csrf"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "openyj.accounts.views.form_expired"

# Headers
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
if os.environ.get("OPENYJ_BEHIND_PROXY") == "yes":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else every sign-in would come from the proxy, and its lock shut out everybody
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Words, dates
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("OPENYJ_STATIC_ROOT", Path.cwd() / ".data" / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if bucket := os.environ.get("OPENYJ_FILES_BUCKET", ""):
    STORAGES["files"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": os.environ.get("OPENYJ_FILES_ENDPOINT") or None,
            "default_acl": None,
            "file_overwrite": False,
        },
    }
else:
    STORAGES["files"] = {"BACKEND": "openyj.files.storage.DatabaseStorage"}
FILES_MOST_BYTES = int(os.environ.get("OPENYJ_FILES_MOST_MB", "20")) * 1024**2
FILES_SCAN_COMMAND = os.environ.get("OPENYJ_FILES_SCAN", "")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")

# Logs name addresses and kinds of error, never what a person typed or a child's row: see accounts.logs.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "openyj.accounts.logs.PlainLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        # The queue's own lines say what ours say, at greater length.
        "procrastinate": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
# Background work: the rooms declare their own (openyj.jobs.declaring); no module is searched for it.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

# Messages: files in a folder, or GOV.UK Notify
OUTBOX_FOLDER = Path(os.environ.get("OPENYJ_OUTBOX", Path.cwd() / ".data" / "outbox"))
NOTIFY_API_KEY = os.environ.get("NOTIFY_API_KEY", "")
NOTIFY_URL = os.environ.get("NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_EMAIL_TEMPLATE = os.environ.get("NOTIFY_EMAIL_TEMPLATE", "")
NOTIFY_TEXT_TEMPLATE = os.environ.get("NOTIFY_TEXT_TEMPLATE", "")
if NOTIFY_API_KEY and not (NOTIFY_EMAIL_TEMPLATE and NOTIFY_TEXT_TEMPLATE):
    raise ImproperlyConfigured("NOTIFY_API_KEY is set: set NOTIFY_EMAIL_TEMPLATE and NOTIFY_TEXT_TEMPLATE too.")

SILENCED_SYSTEM_CHECKS: list[str] = []
