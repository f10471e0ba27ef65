"""The table of processes and timers (deploy/processes.toml) and that of settings (deploy/environment.example)."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "deploy" / "processes.toml"
SETTINGS = ROOT / "deploy" / "environment.example"
HEAD = "# Made from deploy/processes.toml by python -m script.deploy. How to use it: docs/operations.md, {section}.\n"
SECRETS = "/run/secrets"


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often, as systemd, cron and deploy/container/entry write it."""

    on_calendar: str
    cron: str
    entry: tuple[str, str]


def schedule(words: str) -> Schedule:
    if words == "every hour":
        return Schedule("hourly", "0 * * * *", ("every", "3600"))
    if found := re.fullmatch(r"every (\d+) minutes", words):
        minutes = int(found[1])
        return Schedule(f"*:0/{minutes}", f"*/{minutes} * * * *", ("every", str(60 * minutes)))
    if found := re.fullmatch(r"every day at (\d\d):(\d\d)", words):
        hour, minute = found.groups()
        return Schedule(f"*-*-* {hour}:{minute}:00", f"{int(minute)} {int(hour)} * * *", ("daily", f"{hour}:{minute}"))
    raise ValueError(f"{SOURCE.name}: “{words}” is no time that systemd, cron and the containers all know.")


@dataclass(frozen=True, slots=True)
class Process:
    """One row of the table."""

    name: str
    title: str
    run: str
    runs: str
    unit: str = ""
    secrets: tuple[str, ...] = ()
    backups: str = ""
    asks: tuple[str, str] = ("100m", "512Mi")
    systemd: tuple[str, ...] = ()
    optional: bool = False

    @property
    def is_always(self) -> bool:
        return self.runs == "always"

    @property
    def schedule(self) -> Schedule:
        return schedule(self.runs)

    @property
    def unit_name(self) -> str:
        return self.unit or f"registry-{self.name}"

    @property
    def arguments(self) -> list[str]:
        """Of deploy/container/entry."""
        return self.run.split()


def _table() -> dict[str, Any]:
    return tomllib.loads(SOURCE.read_text())


def processes() -> list[Process]:
    return [_process(row) for row in _table()["process"]]


def in_containers() -> list[Process]:
    return [process for process in processes() if not process.optional]


def _process(row: dict[str, Any]) -> Process:
    said: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Process(**said)


def containers() -> dict[str, Any]:
    """What is the same for all processes in containers."""
    found: dict[str, Any] = _table()["containers"]
    return found


def settings() -> dict[str, str]:
    """Those of an installation by systemd, as their file says them."""
    lines = (line.partition("=") for line in SETTINGS.read_text().splitlines() if line and not line.startswith("#"))
    return {name: value.strip('"') for name, _equals, value in lines}


def secrets_of(process: Process | None) -> list[str]:
    """What is read from files: by one process, or by `set_up`, which alone is given the address of the owner."""
    of_all = list(containers()["secrets"])
    return [*of_all, *process.secrets] if process else [*of_all, containers()["owner"]]


def environment_of(process: Process | None) -> dict[str, str]:
    """The settings that differ between containers: where secrets are, and the copies for what may see them."""
    files = {f"{name}_FILE": f"{SECRETS}/{name}" for name in secrets_of(process)}
    return files | {"BACKUP_FOLDER": settings()["BACKUP_FOLDER"] if process and process.backups else ""}


def mounts_of(process: Process | None) -> list[tuple[str, str, bool]]:
    """Of each folder that a container shares with others: the volume, the place, and whether it only reads there."""
    copies = process.backups if process else ""
    return [
        (name, place, name == "backups" and copies == "reads")
        for name, (place, _size) in containers()["volumes"].items()
        if name != "backups" or copies
    ]


class _Dumper(yaml.SafeDumper):
    """Each thing is written where it is used."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_yaml(*documents: dict[str, Any]) -> str:
    return yaml.dump_all(documents, Dumper=_Dumper, sort_keys=False, default_flow_style=None, width=120)
