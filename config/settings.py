"""All settings, driven by the environment. README lists the variables that an operator may set."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from belisha.lib.mail_server import mail_server
from belisha.lib.provider import provider
from belisha.people.rules import LANGUAGES as LANGUAGES
from belisha.people.rules import SCHOOL_LANGUAGE
from config.secrets import secret

BASE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BELISHA_DATA", "belisha-data")).resolve()
# `belisha doctor` makes neither the folder nor a key.
ONLY_LOOK = os.environ.get("BELISHA_ONLY_LOOK") == "1"
if not ONLY_LOOK:
    DATA.mkdir(mode=0o700, parents=True, exist_ok=True)

# --- the installation ------------------------------------------------------------------------
# The address that people type, such as https://belisha.school.example; unset on one's own machine.
ADDRESS = os.environ.get("BELISHA_ADDRESS", "")
_HOST = ADDRESS.partition("://")[2].partition(":")[0]
SECURE = ADDRESS.startswith("https://")
DEBUG = False
SECRET_KEY = secret(DATA / "secrets" / "session.key", only_look=ONLY_LOOK).hex()
# Seals the pictures. Keep it outside the data and its backups by naming another place.
KEY_FILE = Path(os.environ.get("BELISHA_KEY_FILE", DATA / "secrets" / "pictures.key"))
_FILE = DATA / "belisha.sqlite3"
PICTURES_KEY = secret(KEY_FILE, only_look=ONLY_LOOK, may_be_made=not _FILE.exists())
MEDIA_ROOT = DATA / "pictures"
# Says again what was said no to since the last backup. Best on another disk than the folder.
JOURNAL = Path(os.environ.get("BELISHA_JOURNAL") or DATA / "journal")
THREADS = 8  # that answer at the same time
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *([_HOST] if _HOST else [])]
CSRF_TRUSTED_ORIGINS = [ADDRESS] if ADDRESS else []

# --- the parts -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "belisha.lib",
    "belisha.desk",
    "belisha.rights",
    "belisha.complaints",
    "belisha.incidents",
    "belisha.photos",
    "belisha.channels",
    "belisha.consent",
    "belisha.devices",
    "belisha.events",
    "belisha.policy",
    "belisha.people",
    "belisha.audit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "belisha.people.middleware.harden",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "belisha.people.middleware.Doorkeeper",
    "belisha.people.middleware.interpret",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "belisha.desk.context.school",
            ],
            "builtins": [
                "django.templatetags.static",
                "belisha.desk.templatetags.belisha_ui",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the database ----------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("BELISHA_DATABASE") or f"sqlite:///{_FILE}",
        conn_max_age=600,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Without IMMEDIATE a withdrawal can fail with "database is locked", and a lost withdrawal
        # is as bad as a leak; without FULL it can be lost when the power fails.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            "PRAGMA cell_size_check=ON;"
        ),
    }

# --- doors -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "belisha.people.passwords.NotBreached"},
    {"NAME": "belisha.people.passwords.NoNames"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
# A longer list of breached passwords, as `belisha breached FILE` writes it.
BREACHED = os.environ.get("BELISHA_BREACHED", "")
ACCOUNT_ADAPTER = "belisha.people.adapter.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_FORMS = {
    "change_password": "belisha.people.forms.doors.ChangePasswordForm",
    "login": "belisha.people.forms.doors.SignInForm",
}
# Tries are counted in the database (people.actions.limits): exactly, and so that three hundred
# families and a staff room behind one address are not locked out.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "belisha.people.adapter.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey alone counts as both steps, so its finger, face or PIN is always asked for.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = {
    "activate_totp": "belisha.people.forms.factors.AppForm",
    "authenticate": "belisha.people.forms.factors.SecondStepForm",
    "authenticate_webauthn": "belisha.people.forms.factors.PasskeyAsSecondStep",
    "login_webauthn": "belisha.people.forms.factors.PasskeyAlone",
}
SOCIALACCOUNT_ADAPTER = "belisha.people.adapter.Provider"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
# The school's own sign-in by OpenID Connect, or nothing.
PROVIDER = provider(os.environ)
SOCIALACCOUNT_PROVIDERS = PROVIDER.for_allauth() if PROVIDER else {}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# allauth keeps there which code of an app was used: it must be one for all processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
# The doorkeeper ends sessions (people.rules.session_ends). The row stays a week, so that of a form
# that is sent the morning after one knows who typed it.
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "belisha.desk.views.form_too_old"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- headers ---------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb")
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_SSL_REDIRECT = SECURE
# With https a proxy stands in front, and names the address that asks.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE else 0

# --- uploads: pictures stay in memory until they are sealed; nothing is spooled in the clear ----
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 400 << 20
DATA_UPLOAD_MAX_NUMBER_FILES = 200
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- mail ------------------------------------------------------------------------------------
MAIL = mail_server(os.environ)
DEFAULT_FROM_EMAIL = MAIL.sender or "belisha@localhost"
EMAIL_TIMEOUT = 20  # seconds for each step; a lease on a message lasts longer than all of them

# --- words, times and files ------------------------------------------------------------------
LANGUAGE_CODE = SCHOOL_LANGUAGE
LOCALE_PATHS = [BASE / "locale"]
LANGUAGE_COOKIE_NAME = "__Host-language" if SECURE else "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY = SECURE, True
LANGUAGE_COOKIE_SAMESITE = "Lax"
# For a language of which Django knows no way to write a day.
DATE_FORMAT, TIME_FORMAT = "j F Y", "H:i"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "belisha": {"handlers": ["console"], "level": "INFO"},
    },
}
