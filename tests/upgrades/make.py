"""Make the loaded database of a release, by the code of that release: `python -m tests.upgrades.make [COMMIT]` (HEAD).

It is kept as `tests/data/upgrades/COMMIT.tar.xz`: the sample data of that commit with fewer businesses, after two rounds of its
worker, with the documents and with papers that it issued. An issue ends by adding the archive of its last commit.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.architecture.source import ROOT

ARCHIVES = ROOT / "tests" / "data" / "upgrades"
#: Besides the businesses that are made step by step, which reach every status that the sample data has.
PROVIDERS = 20
#: Of the list of premises, which is most of a full demonstration.
PREMISES = 150
#: Seconds, in which it mails some six hundred letters.
WORKS_FOR = 60
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


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return {**kept, **SETTINGS, "VAR_DIR": str(folder)}


def make(commit: str, folder: Path, *, python: str) -> Path:
    name = _git("rev-parse", "--short=8", commit).decode().strip()
    release = folder / "release"
    release.mkdir()
    subprocess.run(["tar", "--extract", "--directory", str(release)], input=_git("archive", commit), check=True)
    for command in _commands(release, folder):
        subprocess.run([python, *command], cwd=release, env=environment(folder), check=True)
    _work(python, release, folder)
    return _pack(name, folder)


def _work(python: str, release: Path, folder: Path) -> None:
    """The worker as it runs, which mails what waits; no release before December 2026 does that by `run_due`."""
    worker = subprocess.Popen([python, "manage.py", "work"], cwd=release, env=environment(folder))
    time.sleep(WORKS_FOR)
    worker.terminate()
    try:
        worker.wait(30)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _commands(release: Path, folder: Path) -> list[list[str]]:
    premises, places = release / "config/demo/food-establishments.csv", release / "config/demo/help-places.csv"
    premises.write_text("".join(premises.read_text().splitlines(keepends=True)[: PREMISES + 1]))
    (folder / "mail").mkdir()
    (folder / "papers").mkdir()
    help_places = ["import_help_places", str(places), "--source", "sample", "--title", "Sample", "--licence", "CC0"]
    manage = [
        ["set_up"],
        ["import_premises", str(premises)],
        *([help_places] if places.exists() else []),
        ["load_demo", "--providers", str(PROVIDERS)],
        ["run_due"],
        ["run_due"],
    ]
    compiled = [["-m", "config.compiled"]] if (release / "config/compiled.py").exists() else []
    papers = [str(Path(__file__).with_name("papers.py")), str(folder / "papers")]
    return [*compiled, *(["manage.py", *command] for command in manage), papers]


def _pack(name: str, folder: Path) -> Path:
    """As SQL and without what is made again: that packs to a third of the file of the database."""
    database = sqlite3.connect(folder / "registry.sqlite3")
    (folder / "dump.sql").write_text("\n".join(database.iterdump()))
    database.close()
    (folder / "about.json").write_text(json.dumps({"commit": name, "made_at": datetime.now(UTC).isoformat()}))
    for path in [path for pattern in NOT_KEPT for path in folder.glob(pattern)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    ARCHIVES.mkdir(parents=True, exist_ok=True)
    archive = ARCHIVES / f"{name}.tar.xz"
    with tarfile.open(archive, "w:xz", preset=9) as packed:
        for path in sorted(folder.iterdir()):
            packed.add(path, arcname=path.name)
    return archive


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.upgrades.make", description=__doc__)
    parser.add_argument("commit", nargs="?", default="HEAD")
    parser.add_argument("--python", default=sys.executable, help="with the libraries of that commit, where they differ")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="registry-upgrades-") as folder:
        archive = make(options.commit, Path(folder), python=options.python)
    print(f"{archive.relative_to(ROOT)}: {archive.stat().st_size / 2**20:.1f} MB")


if __name__ == "__main__":
    main()
