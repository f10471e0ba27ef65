"""A process that dies in the middle of an action, as by a power cut: `python -m tests.killed STORY FUNCTION MOMENT`.

The story is any function without arguments, as `tests.registry.test_kills:revoke`; the process kills itself without
warning before or after the function, as `registry.trail:move`.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import quote

import django
from django.db import connection

from tests.architecture.source import ROOT


def killed(story: str, function: str, moment: str) -> bool:
    """Whether a process that plays the story on the database of this test died at that moment."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.killed", story, function, moment],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode == -signal.SIGKILL


def database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user = ":".join(quote(part, safe="") for part in (settings["USER"], settings["PASSWORD"]) if part)
    return f"postgresql://{user}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


def named(path: str) -> tuple[Any, str]:
    module, name = path.split(":")
    return import_module(module), name


def dying(original: Callable[..., Any], moment: str) -> Callable[..., Any]:
    def die(*args: Any, **kwargs: Any) -> None:
        if moment == "after":
            original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return die


def main(story: str, function: str, moment: str) -> None:
    django.setup()
    module, name = named(function)
    setattr(module, name, dying(getattr(module, name), moment))
    told_in, told = named(story)
    getattr(told_in, told)()


if __name__ == "__main__":
    main(*sys.argv[1:])
