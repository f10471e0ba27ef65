"""The product's own settings, then the differences."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only for tests")
os.environ.setdefault("PLAIN_HTTP", "1")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ.setdefault("CONTACT_EMAIL", "licensing@registry.example")
# To make and to drop a whole database takes longer than any page may, where the disk is busy.
os.environ.setdefault("STATEMENT_SECONDS", "300")

from config.compiled import compile_catalogues
from config.settings import *

# A clean clone has none, whoever starts the tests.
compile_catalogues()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "documents": STORAGES["documents"],
}
# A test sees the look-up through its own transaction. With databases of its own: tests/serving/.
DATABASES = {"default": DATABASES["default"]}
LIMITS = dict.fromkeys(LIMITS, (1_000_000, 60))
LIMITS_FILE = ""
TALLIES_FILE = ""
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    # A file, not memory: threads and processes of a test then lock each other out as they do in earnest.
    DATABASES["default"]["TEST"] = {"NAME": Path(tempfile.gettempdir()) / f"registry-tests-{os.getpid()}.sqlite3"}
    DATABASES["default"]["OPTIONS"] = {
        **SQLITE_OPTIONS,
        "init_command": f"{SQLITE_OPTIONS['init_command']} PRAGMA synchronous=OFF;",
    }
else:
    # Nothing here has to survive a power cut, so no commit waits for the disk of a server that keeps its promises.
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"

# Tests write at the instants of their stories, and take back what they wrote. Those about the guards set both.
TRAIL_HEAD_FILE = ""
CLOCK_TOLERANCE = None

DOCUMENTS_DIR = Path(tempfile.gettempdir()) / f"registry-tests-{os.getpid()}-documents"
atexit.register(shutil.rmtree, DOCUMENTS_DIR, ignore_errors=True)
CLAMD_ADDRESS = ""
# Not where the demonstration of this very clone has put its mails.
EMAIL_FILE_PATH = DOCUMENTS_DIR.with_name(f"registry-tests-{os.getpid()}-mail")

# As on a fresh clone, where nothing has been collected: WhiteNoise looks at each file for every new client of a test.
STATIC_ROOT = Path(tempfile.gettempdir()) / f"registry-tests-{os.getpid()}-static"
STATIC_ROOT.mkdir(exist_ok=True)
atexit.register(shutil.rmtree, STATIC_ROOT, ignore_errors=True)
