"""All settings, from the environment, safe by default. No base/dev/prod split: the environment is the difference."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from config.environment import BASE_DIR as BASE_DIR
from config.environment import MOST_REQUESTS, env, flag, keys_in, rates_in, secret
from config.environment import VAR_DIR as VAR_DIR
from config.settings_databases import *
from config.settings_logging import *
from config.settings_sign_in import *
from config.settings_sign_in import DIRECTORY_PAGES
from registry import signing

SECRET_KEY = secret("SECRET_KEY")
# Seals what is opened again: the first key seals, each opens (registry/sealing_keys.py). None: keys derived from the two others do.
SEALING_KEYS = keys_in(secret("SEALING_KEYS", ""))
# Keys the digests of named people that the register can confirm but not list; changing it makes old digests useless.
NAMES_KEY = secret("NAMES_KEY", SECRET_KEY)
# Signs certificates and the register that people carry with them; the public halves of the keys before it keep old ones true.
SIGNING_KEY = secret("SIGNING_KEY", signing.private_key_from(SECRET_KEY))
FORMER_PUBLIC_KEYS = env("FORMER_PUBLIC_KEYS", "").split()
# Signs every PDF for readers of PDFs (PAdES): a PKCS #12 file with the certificate, its chain and the key. None: they are not.
PDF_CERTIFICATE = env("PDF_CERTIFICATE", "")
PDF_CERTIFICATE_PASSPHRASE = secret("PDF_CERTIFICATE_PASSPHRASE", "")
DEBUG = False
DEMO = flag("DEMO")  # one-click sign-in as sample people; a deploy check refuses it
HTTPS = not flag("PLAIN_HTTP")
ALLOWED_HOSTS = env("ALLOWED_HOSTS", "localhost,127.0.0.1").split(",")
SITE_ADDRESS = env("SITE_ADDRESS", "http://localhost:8000")  # printed in letters and in the QR code
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]

SERVICE_NAME = env("SERVICE_NAME", "Check and manage labour provider licences")
ORGANISATION_NAME = env("ORGANISATION_NAME", "Labour Licensing Registry")
LOGO = env("LOGO", "")  # a static file, "brand/logo.svg", left of the name; beside it brand/brand.css holds the colours
PHASE = env("PHASE", "beta")
# What a phone shows that keeps the look-up, help and a draft report: nothing that says what it is for. Beside it `notes/icon-192.png`.
NEUTRAL_NAME = env("NEUTRAL_NAME", "My notes")
# Empty: those of the authority, from the pack in force (registry/schemes/contact.py).
CONTACT_EMAIL = env("CONTACT_EMAIL", "licensing@registry.example" if DEMO else "")
CONTACT_TELEPHONE = env("CONTACT_TELEPHONE", "")
# Whom inspectors ring at any hour when somebody is in danger; unset: the card names nobody.
SAFEGUARDING_TELEPHONE = env("SAFEGUARDING_TELEPHONE", "")
SECURITY_CONTACT = env("SECURITY_CONTACT", "mailto:security@registry.example")  # a deploy check refuses this sample
# Dates that people rely on; a test fails before they go stale.
SECURITY_TXT_EXPIRES = datetime(2027, 10, 31, tzinfo=UTC)
ACCESSIBILITY_REVIEWED = date(2026, 11, 24)

# Who may read /metrics: networks, by comma, and who has this token; neither is set: no one.
METRICS_NETWORKS = [network for network in env("METRICS_NETWORKS", "").split(",") if network]
METRICS_TOKEN = secret("METRICS_TOKEN", "")
# A static page for the public that says whether the service works; the worker writes it. Empty: none is written.
STATUS_PAGE = env("STATUS_PAGE", "")

INSTALLED_APPS = [
    "config",
    "public_lookup",
    "licensing",
    "compliance",
    "registry",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "csp",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "config.telemetry.TelemetryMiddleware",
    "config.metrics.MetricsMiddleware",
    "config.middleware.WaitingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.sign_in_log.SignInLogMiddleware",
    "config.middleware.SignInMiddleware",
    "config.directory.middleware.DirectoryMiddleware",
    "config.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.RefusalMiddleware",
    "config.middleware.ReadOnlyMiddleware",
    "config.middleware.HeadersMiddleware",
    "config.middleware.ConsultationMiddleware",
    "config.limits.LimitMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "config.forms.Renderer"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    }
]

# The head of the trail, also written outside the database after each commit; best on another disk, and part of no restore.
BACKUP_FOLDER = env("BACKUP_FOLDER", "")
TRAIL_HEAD_FILE = env("TRAIL_HEAD_FILE", str(VAR_DIR / "trail-head.json"))
# By how many seconds the clock may be behind what was written before; more, and nothing is written. None: it is not looked at.
CLOCK_TOLERANCE: float | None = float(env("CLOCK_TOLERANCE_SECONDS", "5"))
# Called by both engines before a transaction that wrote rows which the trail covers is committed (config/sealing.py).
BEFORE_COMMIT = "registry.trail.actions.events.seal"
# Called before a transaction first writes such rows: refuses those that were rewritten past the trail.
BEFORE_WRITE = "registry.integrity.covering.refuse_rewritten"
# Seconds for which the look-up believes the replica while the primary does not answer; longer, and it cannot tell.
REPLICA_ALONE = float(env("REPLICA_ALONE", "60"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# At most so many in so many seconds of one client, who may be an office; changed by LIMITS="look_up=200/60 sign_in=120/60".
LIMITS = MOST_REQUESTS | rates_in(env("LIMITS", ""))
# Their counts, shared by all processes of the machine; empty: each process counts for itself.
LIMITS_FILE = env("LIMITS_FILE", str(VAR_DIR / "limits"))
TALLIES_FILE = env("TALLIES_FILE", str(VAR_DIR / "tallies"))
# The limits on sign-in attempts must be shared by all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Django keeps 300: a flood of strangers would push out the limits that hold it back.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What is drawn of frozen tables never changes: it is kept in each process until the next start, which may draw otherwise.
    "drawn": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "drawn",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 64},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "registry.User"
# The domain that passkeys are bound to: empty is the host of each request. Changing it makes every passkey useless.
PASSKEY_DOMAIN = env("PASSKEY_DOMAIN", "")
MFA_TOTP_ISSUER = ORGANISATION_NAME

EMAIL_BACKEND = env("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = flag("EMAIL_USE_TLS"), flag("EMAIL_USE_SSL")  # STARTTLS; TLS from the first byte
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", CONTACT_EMAIL)

# The demonstration posts to itself, by plain HTTP, at this one address; nothing else is ever posted to a private network.
WEBHOOK_STAND_IN = env("WEBHOOK_STAND_IN", "") if DEMO else ""
# A class that sends text messages, named as EMAIL_BACKEND is (registry/clients/texts.py); none: pages offer none.
TEXT_SENDER = env("TEXT_SENDER", "")
TEXT_FILE_PATH = VAR_DIR / "texts"
# GOV.UK Notify, or a service of its shape: for texts, emails or both (registry/clients/notify.py).
NOTIFY_URL = env("NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_KEY = secret("NOTIFY_KEY", "")
NOTIFY_TEXT_TEMPLATE, NOTIFY_MAIL_TEMPLATE = env("NOTIFY_TEXT_TEMPLATE", ""), env("NOTIFY_MAIL_TEMPLATE", "")
NOTIFY_REPLY_TO = env("NOTIFY_REPLY_TO", "")
# Whose mobile numbers: messages to far countries cost, and are abused.
TEXT_REGIONS = env("TEXT_REGIONS", "GB").split(",")

# The telephone provider signs what it posts with this; empty: no calls and texts are answered.
TELEPHONE_SECRET = secret("TELEPHONE_SECRET", "stand-in" if DEMO else "")
TELEPHONE_NUMBER = env("TELEPHONE_NUMBER", "")  # the number that pages tell workers to ring or to write to; empty: none
TELEPHONE_LANGUAGES = dict(pair.partition("=")[::2] for pair in env("TELEPHONE_LANGUAGES", "").split())  # "+44…=pl"
# Where recordings of callers are fetched, and who takes them there; no class: no report is left by voice.
TELEPHONE_PROVIDER, TELEPHONE_ACCOUNT = env("TELEPHONE_PROVIDER", ""), env("TELEPHONE_ACCOUNT", "")
TELEPHONE_RECORDINGS = env("TELEPHONE_RECORDINGS", "config.demo.telephone.HeldRecordings" if DEMO else "")
# Read and encode the sentences of which nobody has made a recording (manage.py make_recordings); pages never start them.
SPEECH_SYNTHESISER = env("SPEECH_SYNTHESISER", "espeak-ng")
SPEECH_ENCODER = env("SPEECH_ENCODER", "lame")

# Evidence that people hand in; no web server may serve this folder.
DOCUMENTS_DIR = VAR_DIR / "documents"
# clamd: "host:port", or the path of its socket. Unset: documents are held until there is one. "none": the demonstration only.
CLAMD_ADDRESS = env("CLAMD_ADDRESS", "")
DOCUMENTS_A_CASE = int(env("DOCUMENTS_A_CASE", "100"))
DOCUMENT_MEGABYTES = int(env("DOCUMENT_MEGABYTES", "1000"))  # of one organisation, in all its cases
# What is uploaded comes to no disk before it was judged, and is never more than that may be.
FILE_UPLOAD_HANDLERS = ["registry.uploads.InMemory"]
# Where transfers go, in one line, as it is printed on pages and letters: name, sort code, account number.
BANK_ACCOUNT = env("BANK_ACCOUNT", "")
# What a bank calls the columns of its statements, where they are not guessed: "date=Posted;amount=Paid in".
STATEMENT_COLUMNS = dict(part.split("=", 1) for part in env("STATEMENT_COLUMNS", "").split(";") if "=" in part)
# A provider of card payments in the shape of GOV.UK Pay; without an address, a key and a secret only transfers are offered.
# The companies register itself, in the shape of the Companies House API; empty: only its monthly snapshot is asked.
COMPANIES_URL = env("COMPANIES_URL", "")
COMPANIES_KEY = secret("COMPANIES_KEY", "")
COMPANIES_TERMS = env("COMPANIES_TERMS", "Companies House")  # the register that the page names
CARD_PAYMENTS_URL = env("CARD_PAYMENTS_URL", "")
CARD_PAYMENTS_KEY = secret("CARD_PAYMENTS_KEY", "")
CARD_PAYMENTS_SECRET = secret("CARD_PAYMENTS_SECRET", "")  # signs what the provider tells us by itself
# Where its pages are, on which people type their cards: nobody is ever sent anywhere else.
CARD_PAYMENTS_PAGES = env("CARD_PAYMENTS_PAGES", CARD_PAYMENTS_URL).split()

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
# The whole service speaks these. What a worker reads is in every language that has a catalogue: one more is one more folder.
SITE_LANGUAGES = ["en-gb", "cy"]
LANGUAGES = [(code, LANG_INFO[code]["name"]) for code in SITE_LANGUAGES] + sorted(
    (
        (folder.name, LANG_INFO[folder.name]["name"])
        for folder in LOCALE_PATHS[0].iterdir()
        if folder.name not in SITE_LANGUAGES and (folder / "LC_MESSAGES" / "django.po").exists()
    ),
    key=lambda language: LANG_INFO[language[0]]["name_local"].casefold(),
)
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", str(VAR_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # Any storage of Django: a disk or an object store serve alike (docs/decisions/0095-libraries-instead-of-own-code.md).
    "documents": {
        "BACKEND": env("DOCUMENT_STORAGE", "registry.uploads.disk.DocumentDisk"),
        "OPTIONS": json.loads(secret("DOCUMENT_STORAGE_OPTIONS", "{}")),
    },
}

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" breaks every form in a real browser
if flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the limits on sign-in count the client's own address
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_AGE = 12 * 3600
STAFF_IDLE_SECONDS = 60 * int(env("STAFF_IDLE_MINUTES", "30"))  # staff who do nothing sign in again
CSRF_COOKIE_AGE = None  # ends with the browser
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.views.faults.forbidden"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # A form that is answered with the provider's page leads there.
        "form-action": [SELF, *CARD_PAYMENTS_PAGES, *DIRECTORY_PAGES],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
