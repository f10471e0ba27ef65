"""The database that is measured: one of its own, kept between runs under var/benchmarks, or one that is given."""

import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.frame import Spent, watch

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var" / "benchmarks"


def environment(folder: Path, database: str) -> dict[str, str]:
    """The variables under which all parts and the server run: those of the demonstration, with a folder of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    given = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEMO": "1",
        "PLAIN_HTTP": "1",
        # Nothing here comes from strangers, and what is not scanned would never be decided.
        "CLAMD_ADDRESS": "none",
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(FOLDER / "static"),
        "DATABASE_URL": database or f"sqlite:///{folder / 'registry.sqlite3'}",
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **given, **_keys(folder)}


def _keys(folder: Path) -> dict[str, str]:
    kept = folder / "key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(48))
    return {"SECRET_KEY": kept.read_text(), "NAMES_KEY": kept.read_text()}


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def set_up(env: Mapping[str, str]) -> None:
    """Tables, roles, holidays and static files: what any installation does. It may be done again."""
    subprocess.run(manage("set_up"), check=True, env=env, stdout=subprocess.DEVNULL)


def load(env: Mapping[str, str], *, providers: int, applications: int) -> Spent:
    """Sample data of that size. What is there already is kept, so that the second run of a benchmark begins at once."""
    sizes = ["--providers", str(providers), "--applications", str(applications)]
    return watch(manage("load_demo", *sizes), env)
