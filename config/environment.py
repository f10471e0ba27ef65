"""What the settings read from the environment, and how it is written there."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


def env(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def secret(name: str, default: str | None = None) -> str:
    """From the variable, or from the file that the variable with `_FILE` behind its name points to.

    So systemd credentials and secrets of containers need not come into the environment, which other programs may read.
    """
    file = os.environ.get(f"{name}_FILE")
    if file is None:
        return env(name, default)
    if name in os.environ:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise ImproperlyConfigured(f"{name}_FILE: {file} cannot be read ({type(fault).__name__}).") from fault


def keys_in(typed: str) -> list[str]:
    """Keys by commas, spaces or lines: a new one is put before the others."""
    return [key for key in re.split(r"[\s,]+", typed) if key]


def toml_in(file: str) -> dict[str, Any]:
    """What a file of TOML says; no file says nothing. One that cannot be read stops the service."""
    if not file:
        return {}
    try:
        return tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ImproperlyConfigured(f"{file} cannot be read: {fault}") from fault


def flag(name: str) -> bool:
    """Anything else than a plain yes or no stops the service: mail in clear is no place to guess."""
    typed = env(name, "").strip().lower()
    if typed in YES or typed in NO:
        return typed in YES
    raise ImproperlyConfigured(f"{name} must be one of 1, true, yes, on, 0, false, no or off, and not “{typed}”.")


VAR_DIR = Path(env("VAR_DIR", str(BASE_DIR / "var")))


#: At most so many requests in so many seconds of one client: what each counts is in `config/limits.py` and docs/operations.md.
MOST_REQUESTS: dict[str, tuple[int, int]] = {
    "read": (300, 60),
    "look_up": (120, 60),
    "api": (240, 60),
    "api_check_many": (10, 60),
    # Questions, not requests: one request may ask hundreds.
    "questions": (2000, 60),
    "staff_api": (300, 60),
    "sign_in": (240, 60),
    "upload": (60, 60),
    "report": (30, 60),
    "leave": (30, 60),
    "data": (30, 60),
    "telephone": (20, 3600),
    "telephone_all": (5000, 86400),
}


def rates_in(typed: str) -> dict[str, tuple[int, int]]:
    """Rate limits as `name=number/seconds`, by spaces."""
    parts = (part.partition("=") for part in typed.split())
    rates = ((name, rate.partition("/")) for name, _equals, rate in parts)
    return {name: (int(most), int(seconds)) for name, (most, _slash, seconds) in rates}


def limits(statement: float, *, lock: float, reads_only: bool = False) -> dict[str, Any]:
    """What a connection to PostgreSQL waits for at most, in seconds; 0 for as long as it takes.

    The server keeps the limits of a statement; config/postgresql that of a server which does not answer at all.
    """
    kept = {
        "statement_timeout": f"{statement:g}s",
        "lock_timeout": f"{lock:g}s",
        "idle_in_transaction_session_timeout": "60s" if statement else "0",
        # To compile a statement takes 40 ms and more, and no page asks anything that takes so long.
        "jit": "off",
        "default_transaction_read_only": "on" if reads_only else "off",
    }
    options = " ".join(f"-c {name}={value}" for name, value in kept.items())
    return {
        "connect_timeout": 2,
        "tcp_user_timeout": 10_000,
        # A server that is gone without a word is found out within half a minute, by commands too, which wait for ever.
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "options": options,
        "answer_within": statement and statement + 2,
    }
