"""Two web machines, a worker, a primary, a replica, an object store and nginx as processes of this machine, on loopback.

Each web machine and the worker have a folder of their own, as three machines have; nginx is the one of `docs/serving/nginx.conf`.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import boto3
from botocore.config import Config

from tests.serving import nginx, postgres
from tests.serving.ports import HOST, Wire, a_wire, free_port
from tests.serving.processes import kill_tree, tree_of
from tests.serving.started import ROOT, SETTINGS, START, play

BUCKET = "documents"
KEYS = {"aws_access_key_id": "a-key", "aws_secret_access_key": "its-secret", "region_name": "eu-west-2"}
NOWHERE_ELSE: Mapping[str, Path] = MappingProxyType({})
#: Drafts to upload to, where no other number is asked for.
DRAFTS = 24
#: This process asks Django for the time and for words, and no database.
for _name in ("DJANGO_SETTINGS_MODULE", "SECRET_KEY"):
    os.environ.setdefault(_name, SETTINGS[_name])
#: The limits are those of the documentation: clients come from many addresses.
LEFT_OUT = ("PLAIN_HTTP", "LIMITS")
THROUGH_PROXY = {"X-Forwarded-Proto": "https", "Host": "localhost"}


@dataclass
class Part:
    """A process with all below it, which is killed without a warning, and started again."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path
    #: Where it says that it is there; empty: it says so nowhere.
    says: str = ""
    process: "subprocess.Popen[bytes] | None" = None

    def start(self, *, within: float = 60) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, env={**self.environment}, cwd=ROOT, stdout=log, stderr=log)
        if self.says:
            self._wait(within)

    def kill(self) -> None:
        if self.process is not None:
            kill_tree(self.process.pid)
            self.process.wait()

    def send(self, which: signal.Signals) -> None:
        """To all of its processes, the one above first."""
        assert self.process is not None
        for pid in tree_of(self.process.pid):
            os.kill(pid, which)

    def _wait(self, seconds: float) -> None:
        for _try in range(int(10 * seconds)):
            with suppress(OSError):
                urllib.request.urlopen(urllib.request.Request(self.says, headers=THROUGH_PROXY), timeout=5).close()
                return
            time.sleep(0.1)
        raise AssertionError(f"{self.name} did not start: {self.log.read_text()[-2000:]}")


@dataclass
class ObjectStore(Part):
    """The S3 server of moto, which holds all in memory: what was sent to it is kept in a file, and sent again after a start.

    Only then the wire leads to it, so that it comes back as a store on a disk does.
    """

    port: int = 0
    wire: Wire | None = None

    def start(self, *, within: float = 60) -> None:
        self.port = free_port()
        self.command = [sys.executable, "-m", "moto.server", "-H", HOST, "-p", str(self.port)]
        self.says = f"http://{HOST}:{self.port}/moto-api/"
        has_begun = Path(self.environment["MOTO_RECORDER_FILEPATH"]).exists()
        super().start(within=within)
        if has_begun:
            again = urllib.request.Request(f"http://{HOST}:{self.port}/moto-api/recorder/replay-recording", b"")
            urllib.request.urlopen(again, timeout=300).close()
        else:
            where = {"LocationConstraint": KEYS["region_name"]}
            client_of(self.port).create_bucket(Bucket=BUCKET, CreateBucketConfiguration=where)
        if self.wire:
            self.wire.to = self.port


@dataclass
class Machines:
    folder: Path
    primary: postgres.Server
    replica: postgres.Server
    #: Between the service and the primary, the replica and the object store, and perhaps before each web machine: the network, to be cut.
    wires: dict[str, Wire]
    environment: dict[str, str]
    webs: list[Part]
    worker: Part
    store: ObjectStore
    front: nginx.Front
    firms: dict[str, list[str]]
    drafts: list[str]
    session: str
    #: Who confirms a database.
    auditor: str
    ports: list[int] = field(default_factory=list)

    def manage(self, *command: str, on: Part | None = None) -> "subprocess.CompletedProcess[str]":
        """A command of the documentation, on the machine of the worker if on no other."""
        run, machine = [sys.executable, "manage.py", *command], on or self.worker
        return subprocess.run(run, env=machine.environment, cwd=ROOT, capture_output=True, text=True, check=False)

    def says(self, sql: str) -> Any:
        return self.primary.says(sql)


@contextmanager
def machines(
    folder: Path,
    *,
    places: Mapping[str, Path] = NOWHERE_ELSE,
    cuts_webs: bool = False,
    drafts: int = DRAFTS,
    **settings: str,
) -> Iterator[Machines]:
    """All of them, which answer. `places` gives a part another folder for what it keeps."""
    with ExitStack() as stack:
        primary = stack.enter_context(postgres.a_primary(postgres.DURABLE, within=places.get("primary")))
        store = _store(folder)
        store.start()
        stack.callback(store.kill)
        storage = store.wire = stack.enter_context(a_wire(store.port))
        environment = {name: value for name, value in {**os.environ, **SETTINGS}.items() if name not in LEFT_OUT}
        environment |= (
            _settings(storage.port) | {"DATABASE_URL": primary.url, "VAR_DIR": str(folder / "begin")} | settings
        )
        _run("manage.py", "set_up", environment=environment)
        said = {**play("attack", environment | {"DRAFTS": str(drafts)}), "firms": play("firms", environment)}
        replica = stack.enter_context(postgres.a_replica(primary))
        wires = {
            name: stack.enter_context(a_wire(one.port)) for name, one in (("primary", primary), ("replica", replica))
        }
        environment |= {
            "DATABASE_URL": postgres.address(wires["primary"].port),
            "REGISTER_DATABASE_URL": postgres.address(wires["replica"].port),
        }
        ports = [free_port(), free_port()]
        webs = [_web(nth, port, folder, environment, places) for nth, port in enumerate(ports, 1)]
        worker = Part(
            "worker",
            [sys.executable, "manage.py", "work"],
            _own(folder, environment, "worker", places),
            folder / "worker.log",
        )
        for one in (*webs, worker):
            one.start()
            stack.callback(one.kill)
        # A proxy takes a connection for a process that is dead: only where the network is cut it is in between.
        for nth, port in enumerate(ports, 1) if cuts_webs else ():
            wires[f"web {nth}"] = stack.enter_context(a_wire(port))
        seen = [wires[f"web {nth}"].port if cuts_webs else port for nth, port in enumerate(ports, 1)]
        front = nginx.prepare(folder / "nginx", to=seen[0], also=seen[1])
        _run(
            "manage.py", "publish_snapshot", str(front.folder / "srv/registry/carried"), environment=worker.environment
        )
        stack.enter_context(nginx.running(front))
        yield Machines(
            folder,
            primary,
            replica,
            {**wires, "store": storage},
            environment,
            webs,
            worker,
            store,
            front,
            said["firms"],
            said["drafts"],
            said["applicant"],
            said["auditor_email"],
            ports,
        )


def _settings(store: int) -> dict[str, str]:
    options = {
        "bucket_name": BUCKET,
        "endpoint_url": f"http://{HOST}:{store}",
        "region_name": KEYS["region_name"],
        "access_key": KEYS["aws_access_key_id"],
        "secret_key": KEYS["aws_secret_access_key"],
    }
    return {
        "BEHIND_PROXY": "1",
        "SITE_ADDRESS": "https://localhost",
        "CLAMD_ADDRESS": "none",
        "DOCUMENTS_A_CASE": "100000",
        "DOCUMENT_STORAGE": "registry.uploads.bucket.DocumentBucket",
        "DOCUMENT_STORAGE_OPTIONS": json.dumps(options),
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "DEFAULT_FROM_EMAIL": "registry@authority.example",
        "CONTACT_TELEPHONE": "01632 960999",
    }


def _own(folder: Path, environment: Mapping[str, str], name: str, places: Mapping[str, Path]) -> dict[str, str]:
    place = places.get(name, folder / name)
    place.mkdir(parents=True, exist_ok=True)
    return {**environment, "VAR_DIR": str(place)}


def _web(nth: int, port: int, folder: Path, environment: Mapping[str, str], places: Mapping[str, Path]) -> Part:
    name = f"web {nth}"
    own = _own(folder, environment, name.replace(" ", "-"), places) | {"HOST": HOST, "PORT": str(port), "WORKERS": "1"}
    return Part(name, [str(ROOT / START)], own, folder / f"web-{nth}.log", f"http://{HOST}:{port}/health/live")


def _store(folder: Path) -> ObjectStore:
    recorded = {"MOTO_ENABLE_RECORDING": "1", "MOTO_RECORDER_FILEPATH": str(folder / "objects")}
    return ObjectStore("object store", [], {**os.environ, **recorded}, folder / "store.log")


def client_of(port: int) -> Any:
    """Of the object store itself."""
    within = Config(connect_timeout=2, read_timeout=10)
    return boto3.client("s3", endpoint_url=f"http://{HOST}:{port}", config=within, **KEYS)


def _run(*command: str, environment: Mapping[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
