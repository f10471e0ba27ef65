"""Makes the units of systemd, and their table in the documentation, from deploy/units.toml: `python -m script.units`."""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "deploy" / "units.toml"
UNITS = ROOT / "deploy" / "systemd"
DOCUMENT = ROOT / "docs" / "operations.md"
BEGIN, END = "<!-- units: made by python -m script.units -->\n", "<!-- /units -->\n"
HEAD = "# Made from deploy/units.toml by python -m script.units. How to install it: docs/operations.md, Installing.\n"

#: The same for all: an own user, nothing writable but what the registry keeps, and settings that root alone reads.
SANDBOX = """\
User=registry
WorkingDirectory=/srv/registry/current
EnvironmentFile=/etc/registry/environment
StateDirectory=registry registry-head
StateDirectoryMode=0700
UMask=0022
NoNewPrivileges=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectHome=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
ReadWritePaths=/var/lib/registry /var/lib/registry-head /srv/registry/carried
"""
SERVICE = """\
{head}
[Unit]
Description=Labour licensing registry: {title}
After=network-online.target postgresql.service
Wants=network-online.target
{start_limit}
[Service]
{kind}ExecStart={command}
{service}{sandbox}{install}"""
TIMER = """\
{head}
[Unit]
Description=Labour licensing registry: {title}

[Timer]
OnCalendar={runs}
Persistent=true
RandomizedDelaySec=30

[Install]
WantedBy=timers.target
"""


def units() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(SOURCE.read_text())["unit"]
    return found


def files() -> Iterator[tuple[Path, str]]:
    """Each file of deploy/systemd and what it says."""
    for unit in units():
        is_always = unit["runs"] == "always"
        yield (
            UNITS / f"{unit['name']}.service",
            SERVICE.format(
                head=HEAD,
                title=unit["title"],
                start_limit="StartLimitIntervalSec=0\n" if is_always else "",
                kind="" if is_always else "Type=oneshot\n",
                command=unit["command"],
                service="".join(f"{line}\n" for line in unit.get("service", [])),
                sandbox=SANDBOX,
                install="\n[Install]\nWantedBy=multi-user.target\n" if is_always else "",
            ),
        )
        if not is_always:
            yield UNITS / f"{unit['name']}.timer", TIMER.format(head=HEAD, **unit)


def table() -> str:
    rows = ["| unit | runs | what it does |", "|---|---|---|"]
    for unit in units():
        name = f"{unit['name']}.{'service' if unit['runs'] == 'always' else 'timer'}"
        rows.append(f"| `{name}` | {unit['runs']} | {unit['title']} |")
    return "\n".join([*rows, ""])


def document() -> str:
    """docs/operations.md with the table of today."""
    before, _begin, rest = DOCUMENT.read_text().partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    for path, words in files():
        path.write_text(words)
    DOCUMENT.write_text(document())
    return 0


if __name__ == "__main__":
    sys.exit(main())
