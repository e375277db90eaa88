"""Settings of the house. Everything that differs between places comes from the environment."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.auditing import AUDIT  # noqa: F401
from config.logging import LOGGING  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "var"))


def flag(name, default=False):
    """Return whether the environment variable *name* says yes."""
    return os.environ.get(name, str(int(default))).lower() in {"1", "true", "yes", "on"}


def words(name, default=""):
    """Return the comma-separated environment variable *name* as a list without blanks."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


DEBUG = flag("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY", "")
# Fernet keys of personal data: the first encrypts, the others still decrypt.
FIELD_KEYS = words("FIELD_KEYS")
# Key of the hashes by which personal data are found again.
INDEX_KEY = os.environ.get("INDEX_KEY", "")
# The one before, until `rotate_field_keys` has indexed everything again.
INDEX_KEY_OLD = os.environ.get("INDEX_KEY_OLD", "")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
# Demo data relax the rules for accounts; nothing but loading them sets this.
DEMO = flag("DEMO")

INSTALLED_APPS = [
    "offices",
    "law",
    "audit",
    "notices",
    "papers",
    "disputes",
    "mediation",
    "arbitration",
    "legal_aid",
    "workflows",
    "viewflow",
    "viewflow.workflow",
    "guardian",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "rest_framework",
    "drf_spectacular",
    "pgtrigger",
    "django_htmx",
    "django_q",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "audit.middleware.AuditMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "offices.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "offices.uploads.RefusedFilesMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "offices.middleware.SessionAgeMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "offices.middleware.AccountGateMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "offices.context.house",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgresql:///fangxian"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
# Compiling a query costs more than any page's query does.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "offices.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "offices.backends.BothFactorsBackend",
    "guardian.backends.ObjectPermissionBackend",
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "worklist"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "offices.addresses.address_of"
AXES_VERBOSE = False
# What is not kept of a failed attempt, beside the password.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "offices.passwords.MixedClassesValidator"},
    {"NAME": "offices.passwords.NotUsedBeforeValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", DATA_DIR / "static"))
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *(
        (f"vendor/{name}", folder)
        for name, folder in (
            ("bootstrap", NODE_MODULES / "bootstrap" / "dist" / "css"),
            ("htmx", NODE_MODULES / "htmx.org" / "dist"),
        )
        if folder.is_dir()
    ),
]
# Our own files and the named packages only: screens of the engine and others are not mounted.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.HashedStaticFiles"},
}
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "offices.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

HTTPS = flag("HTTPS")
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# Seconds: after log-in at most, and without a click at most (GB/T 22239-2019, level 3).
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_AGE = 15 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "offices.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# What leaves the house. A channel without an address is off. Seconds to wait for an answer.
OUTBOX_TIMEOUT = 10
# Networks inside which webhooks may go, with commas; others must be outside and speak TLS.
WEBHOOK_NETWORKS = words("WEBHOOK_NETWORKS")
# What stands before the path in links that leave the house.
HOUSE_URL = os.environ.get("HOUSE_URL", "http://127.0.0.1:8000").rstrip("/")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_STARTTLS")
EMAIL_USE_SSL = flag("EMAIL_TLS")
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "fangxian@localhost")
GATEWAYS = {
    channel: {
        "url": os.environ.get(f"{channel.upper()}_GATEWAY_URL", ""),
        "token": os.environ.get(f"{channel.upper()}_GATEWAY_TOKEN", ""),
    }
    for channel in ("sms", "wecom", "dingtalk")
}

VIEWFLOW = {"AUTOREGISTER": False}
Q_CLUSTER = {
    "name": "fangxian",
    "orm": "default",
    "workers": int(os.environ.get("WORKERS", "2")),
    "timeout": 600,
    "retry": 900,
    "max_attempts": 5,
    "ack_failures": False,
    "poll": 1,
    "catch_up": False,
    "save_limit": 1000,
    "bulk": 1,
    "label": _("Background work"),
}
# Timers are fired in this many shards, so that workers share the load.
TIMER_SHARDS = int(os.environ.get("TIMER_SHARDS", "2"))

# The address under which people open the house, for links in mail.
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
# The mailbox of the office that keeps the joint meeting: it invites, and reads the answers.
MEETING_MAILBOX = os.environ.get("MEETING_MAILBOX", "lianxihui@fangxian.invalid")
# Where it is read from: an IMAP server with TLS; without a host nothing is read.
MEETING_IMAP = {
    "host": os.environ.get("MEETING_IMAP_HOST", ""),
    "port": int(os.environ.get("MEETING_IMAP_PORT", "993")),
    "user": os.environ.get("MEETING_IMAP_USER", MEETING_MAILBOX),
    "password": os.environ.get("MEETING_IMAP_PASSWORD", ""),
    "tls": flag("MEETING_IMAP_TLS", True),
}
MEETING_DOMAIN = MEETING_MAILBOX.rpartition("@")[2]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "offices.rest.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["offices.rest.authentication.Serving"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "offices.rest.views.Description",
    "EXCEPTION_HANDLER": "offices.rest.problems.tell_problem",
    # Per account, and per address for whoever has none.
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": os.environ.get("ANONYMOUS_RATE", "60/min"),
        "user": os.environ.get("ACCOUNT_RATE", "600/min"),
    },
    # With HTTPS one proxy stands in front and says whose request it is.
    "NUM_PROXIES": 1 if HTTPS else 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": _("Fangxian"),
    "DESCRIPTION": _(
        "Cases, steps, deadlines and documents of a house of labour disputes, for programs. A "
        "program acts for a person and sees and does what she may, no more."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "LICENSE": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
    "SERVERS": [{"url": "/", "description": _("This house")}],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "DEFAULT_GENERATOR_CLASS": "offices.rest.description.Generator",
    # Choices stand where they are asked for: many forms ask for other choices by the same name.
    "POSTPROCESSING_HOOKS": [],
}
# The application's files are numbered by name; the house's system checks read the rest.
SILENCED_SYSTEM_CHECKS = []
