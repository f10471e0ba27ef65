"""From a bare machine to a healthy installation in containers: `python -m tests.benchmarks.container --mirror URL`, as root.

Needs debootstrap, buildah, netavark and PostgreSQL from Debian, and pulls no image: the base is a root folder of Debian that debootstrap
makes. The Containerfile is built on it, and its tree is started in a chroot with the commands, settings, secrets and folders of
deploy/container/compose.yaml: as the user of the image, with nothing writable but its volumes.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import yaml

from script.deploy.compose import FILE, SERVERS, SET_UP
from script.deploy.table import ROOT, SECRETS, containers, settings
from tests.serving import postgres
from tests.serving.ports import HOST, free_port

BASE, IMAGE, SITE = "localhost/base", "localhost/registry", "register.authority.test"
MINUTES = 10
#: In a space of mounts of its own, so that nothing is left mounted. The arguments: the root folder, the user, then what is run.
CHROOT = """
set -eu
root=$1 user=$2; shift 2
mount --bind "$root" "$root"
mount --rbind /dev "$root/dev"; mount -t proc proc "$root/proc"
while IFS=' ' read -r from to; do
    if [ "$from" = tmpfs ]; then mkdir -p "$root$to"; mount -t tmpfs tmpfs "$root$to"; else mount --bind "$from" "$root$to"; fi
done <"$MOUNTS"
mount -o remount,bind,ro "$root"
unset MOUNTS
exec chroot --userspec="$user" "$root" "$@"
"""


class Engine:
    """What an engine of containers does, by chroot: one machine, one network."""

    def __init__(self, folder: Path, root: Path, config: dict[str, Any], database: postgres.Server) -> None:
        self.folder, self.root, self.config, self.database = folder, root, config, database
        self.services = yaml.safe_load(FILE.read_text())["services"]
        self.own = settings() | {"SITE_ADDRESS": f"https://{SITE}", "ALLOWED_HOSTS": SITE}
        self.own |= {"DEFAULT_FROM_EMAIL": f"licensing@{SITE}", "SECURITY_CONTACT": f"mailto:security@{SITE}"}
        self.running: list[subprocess.Popen[bytes]] = []

    def prepare(self) -> None:
        user = containers()["user"]
        for name, (place, _size) in containers()["volumes"].items():
            (self.folder / "volumes" / name).mkdir(parents=True)
            shutil.copystat(self.root / place.lstrip("/"), self.folder / "volumes" / name)
            os.chown(self.folder / "volumes" / name, user, user)
        for place in (SECRETS, "/run/postgresql"):
            (self.root / place.lstrip("/")).mkdir(parents=True, exist_ok=True)
        self.database.data.parent.chmod(0o711)  # its socket is for all, as in the volume of containers
        shutil.copytree(ROOT / "deploy", self.folder / "deploy")
        (self.folder / "deploy/container/secrets").mkdir()
        (self.folder / "docker").write_text(
            f'#!/bin/sh\nshift 3\nexec chroot "{self.root}" sh -c \'cd {self.config["WorkingDir"]} && .venv/bin/python "$@"\' - "$@"\n'
        )
        (self.folder / "docker").chmod(0o755)

    def make_secrets(self) -> None:
        """By the commands of docs/operations.md; the server of the measurement has another port than a container."""
        secrets = self.folder / "deploy/container/secrets"
        secrets.rmdir()
        _run("deploy/container/new_secrets", cwd=self.folder, ENGINE=str(self.folder / "docker"))
        for file in secrets.glob("*DATABASE_URL"):
            file.write_text(
                file.read_text().replace("%2Frun%2Fpostgresql", f"%2Frun%2Fpostgresql:{self.database.port}")
            )
        _run(
            "deploy/container/roles.sh",
            cwd=self.folder,
            PGHOST=HOST,
            PGPORT=str(self.database.port),
            SECRETS=str(secrets),
            ROLES=str(ROOT / "deploy/roles.sql"),
        )

    def command(self, name: str, *command: str, **more: str) -> tuple[list[str], str]:
        service = self.services[name]
        kept = dict(one.split("=", 1) for one in self.config["Env"]) | self.own | service["environment"] | more
        mounts = [f"{self.database.data.parent} /run/postgresql"]
        for secret in service["secrets"]:
            (self.root / SECRETS.lstrip("/") / secret).touch()
            mounts.append(f"{self.folder / 'deploy/container/secrets' / secret} {SECRETS}/{secret}")
        for volume in service["volumes"]:
            source, place = volume.split(":")[:2]
            if source in containers()["volumes"]:
                mounts.append(f"{self.folder / 'volumes' / source} {place}")
        mounts += [f"tmpfs {place}" for place in ("/tmp", "/var/lib/registry/metrics")]
        (self.folder / f"{name}.mounts").write_text("\n".join([*mounts, ""]))
        run = [
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "sh",
            "-c",
            CHROOT,
            "-",
            str(self.root),
            self.config["User"],
            "env",
            "-i",
        ]
        run += [f"{key}={value}" for key, value in kept.items()]
        return [*run, *self.config["Entrypoint"], *(command or service["command"])], f"{self.folder / name}.mounts"

    def run(self, name: str, *command: str) -> str:
        run, mounts = self.command(name, *command)
        return _run(*run, MOUNTS=mounts)

    def start(self, name: str, **more: str) -> None:
        run, mounts = self.command(name, **more)
        with (self.folder / f"{name}.log").open("wb") as log:
            self.running.append(subprocess.Popen(run, env=os.environ | {"MOUNTS": mounts}, stdout=log, stderr=log))

    def stop(self) -> None:
        """The first process of each space of processes: what it has started ends with it."""
        for one in self.running:
            subprocess.run(["pkill", "-TERM", "-P", str(one.pid)], check=False)
        for one in self.running:
            one.wait(timeout=60)


def _run(*command: str, cwd: Path = ROOT, **own: str) -> str:
    done = subprocess.run(command, cwd=cwd, env=os.environ | own, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)[-300:]}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


@contextmanager
def timed(what: str) -> Iterator[None]:
    begun, used = time.monotonic(), processor()
    yield
    print(f"| {what} | {time.monotonic() - begun:.0f} s | {processor() - used:.0f} s |", flush=True)


def processor() -> float:
    """What all that has ended took; servers that still run are not in it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def make_base(folder: Path, buildah: list[str], mirror: str) -> None:
    include = "--include=ca-certificates,python3,python3-venv"
    _run("debootstrap", "--variant=minbase", include, "trixie", str(folder / "base"), mirror)
    # The base trusts the same certificates as this machine when it fetches packages.
    shutil.copy("/etc/ssl/certs/ca-certificates.crt", folder / "base/etc/ssl/certs/ca-certificates.crt")
    empty = _run(*buildah, "from", "scratch").strip()
    _run("cp", "-a", f"{folder / 'base'}/.", _run(*buildah, "mount", empty).strip())
    _run(*buildah, "commit", "--rm", empty, BASE)


def build(buildah: list[str]) -> None:
    limits = ["--ulimit", "nofile=20000:20000", "--ulimit", "nproc=20000:20000"]
    given = [
        f"--build-arg={name}={os.environ[name]}"
        for name in ("PIP_INDEX_URL", "HTTP_PROXY", "HTTPS_PROXY")
        if name in os.environ
    ]
    arguments = ["--isolation", "chroot", *limits, f"--build-arg=BASE={BASE}", *given]
    _run(*buildah, "build", *arguments, "--file", "deploy/container/Containerfile", "--tag", IMAGE, str(ROOT))


def ask(port: int, path: str) -> tuple[int, str]:
    """As the proxy asks."""
    try:
        asked = HTTPConnection(HOST, port, timeout=20)
        asked.request("GET", path, headers={"Host": SITE, "X-Forwarded-Proto": "https"})
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""


def serve(engine: Engine) -> list[int]:
    """Start the servers, the worker and the timers; wait until each server can do its work."""
    ports = [free_port() for _server in SERVERS]
    for name, port in zip(SERVERS, ports, strict=True):
        engine.start(name, PORT=str(port))
    for name in ("worker", "log", "publish", "status", "verify-trail"):
        engine.start(name)
    for port in ports:
        while ask(port, "/health/ready")[0] != 200:
            time.sleep(0.5)
    return ports


def judge(engine: Engine, ports: list[int]) -> None:
    """What was measured is an installation that works, or nothing is printed as measured."""
    for port in ports:
        judge_server(port)
    wait_for_the_worker(ports[0])
    print("static:", engine.run("web-1", "-c", "import os; print(len(os.listdir('/srv/registry/static')))").strip())
    print("backup:", engine.run("backup", "backup", "/var/backups/registry").strip())
    for folder in ("carried/cannot-tell.html", "backups/log"):
        assert (engine.folder / "volumes" / folder).exists(), folder
    try:
        engine.run("web-1", "-c", "open('/srv/registry/current/x', 'w')")
    except SystemExit as refused:
        assert "Read-only file system" in str(refused)
    else:
        sys.exit("The code can be written.")


def judge_server(port: int) -> None:
    for path, words in (("/check/?q=Harvest", "Harvest"), ("/health/live", "true"), ("/", "licence")):
        status, page = ask(port, path)
        assert status == 200 and words in page, (path, status)
    print("healthy:", _run("deploy/container/healthy", ALLOWED_HOSTS=SITE, PORT=str(port)).strip())


def wait_for_the_worker(port: int) -> None:
    for _second in range(60):
        if ask(port, "/health/worker")[0] == 200:
            return
        time.sleep(1)
    sys.exit("The worker does not end its rounds.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirror", required=True, metavar="URL", help="of Debian")
    parser.add_argument("--scratch", type=Path, metavar="FOLDER", help="on a disk with 10 GB")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="registry-container-", dir=options.scratch) as name,
        postgres.a_primary() as database,
    ):
        folder = Path(name)
        buildah = ["buildah", "--root", f"{folder}/storage", "--runroot", f"{folder}/run"]
        print("| what | took | of processor |\n|---|---|---|")
        begun = time.monotonic()
        with timed("the root folder of Debian, in the place of a base image"):
            make_base(folder, buildah, options.mirror)
        with timed("the image"):
            build(buildah)
        built = _run(*buildah, "from", IMAGE).strip()
        try:
            root = Path(_run(*buildah, "mount", built).strip())
            print(f"The image holds {_run('du', '-sm', str(root)).split()[0]} MB.")
            config = json.loads(_run(*buildah, "inspect", built))["OCIv1"]["config"]
            engine = Engine(folder, root, config, database)
            engine.prepare()
            with timed("secrets, roles and the database"):
                engine.make_secrets()
            with timed("`set_up`"):
                engine.run(SET_UP)
            with timed("`check --deploy`"):
                engine.run(SET_UP, "check", "--deploy", "--fail-level", "WARNING")
            with timed("two servers, until each says that it is ready"):
                ports = serve(engine)
            took = time.monotonic() - begun
            print(f"| all of it | {took:.0f} s | {processor():.0f} s |")
            try:
                judge(engine, ports)
            finally:
                engine.stop()
                for log in folder.glob("*.log"):
                    print(f"{log.name}: {log.read_text()[-400:]}")
        finally:
            _run(*buildah, "umount", built)
            _run(*buildah, "rm", built)
            _run(*buildah, "rmi", "--all", "--force")
            # buildah leaves it behind when it is ended half-way.
            subprocess.run(["umount", f"{folder}/storage/overlay"], capture_output=True, check=False)
    return int(took > MINUTES * 60)


if __name__ == "__main__":
    sys.exit(main())
