"""Make the loaded database of a release, by the code of that release: `python -m tests.upgrades.make [COMMIT]` (HEAD).

It is kept as `tests/data/upgrades/COMMIT.tar.xz`: the sample data of that commit with fewer businesses, after two rounds of its
worker, with the documents and with papers that it issued; with `--postgresql` on that engine, as `COMMIT.postgresql.tar.xz`. An issue
ends by adding both archives of its last commit.
"""

import argparse
import json
import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.architecture.source import ROOT
from tests.serving import postgres

ARCHIVES = ROOT / "tests" / "data" / "upgrades"
#: Of a database on PostgreSQL.
POSTGRESQL = ".postgresql"


@dataclass(frozen=True, slots=True)
class Size:
    """How much sample data. What it has none of is all there is."""

    #: Besides the businesses that are made step by step, which reach every status that the sample data has.
    providers: int | None = None
    #: Of the list of premises, which is most of a full demonstration.
    premises: int | None = None
    #: Seconds, in which the worker mails some six hundred letters.
    works_for: int = 60


SMALL = Size(providers=12, premises=100)
FULL = Size(works_for=240)
#: Made again by `set_up`, or of no use to another machine. The rows of the database are in the dump.
NOT_KEPT = ("static*", "mail", "texts", "release", "registry.sqlite3*")
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "of-the-upgrade-tests-and-of-nothing-else-in-the-world",
    "NAMES_KEY": "names-of-the-upgrade-tests-and-of-nothing-else-in-the-world",
    "DEMO": "1",
    "PLAIN_HTTP": "1",
    "SITE_ADDRESS": "http://localhost:8000",
    "EMAIL_BACKEND": "config.demo.mail.Mailboxes",
    "CLAMD_ADDRESS": "none",
    "SAFEGUARDING_TELEPHONE": "01632 960100",
    "BANK_ACCOUNT": "Labour Licensing Registry (upgrade tests), account 00000000",
}


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """On SQLite in the folder, unless a database is given."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return {**kept, **SETTINGS, "VAR_DIR": str(folder), **({"DATABASE_URL": database} if database else {})}


@dataclass(frozen=True, slots=True)
class Release:
    """The code of a commit, with where its database and its files are, and the Python that runs it."""

    commit: str
    folder: Path
    database: str = ""
    python: str = sys.executable

    @property
    def code(self) -> Path:
        return self.folder / "release"

    def fetch(self) -> None:
        self.code.mkdir(parents=True)
        subprocess.run(
            ["tar", "--extract", "--directory", str(self.code)], input=_git("archive", self.commit), check=True
        )
        if (self.code / "config/compiled.py").exists():
            self.run("-m", "config.compiled")

    def run(self, *command: str) -> None:
        environs = environment(self.folder, self.database)
        subprocess.run([self.python, *command], cwd=self.code, env=environs, check=True)

    def load(self, size: Size) -> None:
        """Its sample data, what its clock and its worker make of that, and papers."""
        for name in ("mail", "papers"):
            (self.folder / name).mkdir()
        for command in _commands(self.code, size):
            self.run("manage.py", *command)
        self._work(size.works_for)
        self.run(str(Path(__file__).with_name("papers.py")), str(self.folder / "papers"))

    def _work(self, seconds: int) -> None:
        """The worker as it runs, which mails what waits; no release before December 2026 does that by `run_due`."""
        environs = environment(self.folder, self.database)
        worker = subprocess.Popen([self.python, "manage.py", "work"], cwd=self.code, env=environs)
        time.sleep(seconds)
        worker.terminate()
        try:
            worker.wait(30)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()

    def dump(self) -> str:
        """As SQL: that packs to a third of the file of the database."""
        if self.database:
            return postgres.dumped(self.database)
        database = sqlite3.connect(self.folder / "registry.sqlite3")
        try:
            return "\n".join(database.iterdump())
        finally:
            database.close()


def _commands(code: Path, size: Size) -> list[list[str]]:
    premises, places = code / "config/demo/food-establishments.csv", code / "config/demo/help-places.csv"
    rows = premises.read_text().splitlines(keepends=True)
    premises.write_text("".join(rows if size.premises is None else rows[: size.premises + 1]))
    help_places = ["import_help_places", str(places), "--source", "sample", "--title", "Sample", "--licence", "CC0"]
    return [
        ["set_up"],
        ["import_premises", str(premises)],
        *([help_places] if places.exists() else []),
        ["load_demo", *([] if size.providers is None else ["--providers", str(size.providers)])],
        ["run_due"],
        ["run_due"],
    ]


def _pack(release: Release) -> Path:
    """Without what is made again, but for the rows of the database, which are in the dump."""
    folder, name = release.folder, _git("rev-parse", "--short=8", release.commit).decode().strip()
    (folder / "dump.sql").write_text(release.dump())
    (folder / "about.json").write_text(json.dumps({"commit": name, "made_at": datetime.now(UTC).isoformat()}))
    for path in [path for pattern in NOT_KEPT for path in folder.glob(pattern)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    ARCHIVES.mkdir(parents=True, exist_ok=True)
    archive = ARCHIVES / f"{name}{POSTGRESQL if release.database else ''}.tar.xz"
    with (
        lzma.open(archive, "wb", preset=9 | lzma.PRESET_EXTREME) as written,
        tarfile.open(fileobj=written, mode="w") as packed,
    ):
        for path in sorted(folder.iterdir()):
            packed.add(path, arcname=path.name)
    return archive


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.upgrades.make", description=__doc__)
    parser.add_argument("commit", nargs="?", default="HEAD")
    parser.add_argument("--python", default=sys.executable, help="with the libraries of that commit, where they differ")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL, which is started")
    options = parser.parse_args()
    server = postgres.a_primary() if options.postgresql else nullcontext()
    with tempfile.TemporaryDirectory(prefix="registry-upgrades-") as folder, server as primary:
        release = Release(options.commit, Path(folder), primary.url if primary else "", options.python)
        release.fetch()
        release.load(SMALL)
        archive = _pack(release)
    print(f"{archive.relative_to(ROOT)}: {archive.stat().st_size / 2**20:.1f} MB")


if __name__ == "__main__":
    main()
