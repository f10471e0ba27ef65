"""What the settings read from the environment, and how it is written there."""

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def flag(name: str) -> bool:
    return env(name, "0") == "1"


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
        "options": options,
        "answer_within": statement and statement + 2,
    }
