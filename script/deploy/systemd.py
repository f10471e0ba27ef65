"""The units of systemd, and the table of them in the documentation."""

from collections.abc import Iterator
from pathlib import Path

from script.deploy.table import HEAD, ROOT, Process, processes

UNITS = ROOT / "deploy" / "systemd"
DOCUMENT = ROOT / "docs" / "operations.md"
BEGIN, END = "<!-- processes: made by python -m script.deploy -->\n", "<!-- /processes -->\n"
CURRENT = "/srv/registry/current"

#: The same for all: an own user, nothing writable but what the registry keeps, and settings that root alone reads.
SANDBOX = f"""\
User=registry
WorkingDirectory={CURRENT}
EnvironmentFile=/etc/registry/environment
StateDirectory=registry registry-head
StateDirectoryMode=0700
UMask=0022
NoNewPrivileges=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectHome=yes
InaccessiblePaths=-{CURRENT}/.git
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
OnCalendar={on_calendar}
Persistent=true
RandomizedDelaySec=30

[Install]
WantedBy=timers.target
"""


def files() -> Iterator[tuple[Path, str]]:
    """Each file of deploy/systemd and what it says."""
    head = HEAD.format(section="Installing")
    for process in processes():
        yield UNITS / f"{process.unit_name}.service", _service(process, head)
        if not process.is_always:
            words = TIMER.format(head=head, title=process.title, on_calendar=process.schedule.on_calendar)
            yield UNITS / f"{process.unit_name}.timer", words


def _service(process: Process, head: str) -> str:
    lines = [*process.systemd, *(["ReadWritePaths=/var/backups/registry"] if process.backups == "writes" else [])]
    return SERVICE.format(
        head=head,
        title=process.title,
        start_limit="StartLimitIntervalSec=0\n" if process.is_always else "",
        kind="" if process.is_always else "Type=oneshot\n",
        command=_command(process),
        service="".join(f"{line}\n" for line in lines),
        sandbox=SANDBOX,
        install="\n[Install]\nWantedBy=multi-user.target\n" if process.is_always else "",
    )


def _command(process: Process) -> str:
    if process.run.startswith("script/"):
        return f"{CURRENT}/{process.run}"
    return f"{CURRENT}/.venv/bin/python manage.py {process.run}"


def unit_started(process: Process) -> str:
    """What `systemctl enable` is told."""
    return f"{process.unit_name}.{'service' if process.is_always else 'timer'}"


def table() -> str:
    rows = ["| unit | runs | what it does |", "|---|---|---|"]
    rows += [f"| `{unit_started(process)}` | {process.runs} | {process.title} |" for process in processes()]
    return "\n".join([*rows, ""])


def document() -> str:
    """docs/operations.md with the table of today."""
    before, _begin, rest = DOCUMENT.read_text().partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"
