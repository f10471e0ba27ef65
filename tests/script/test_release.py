"""A release is made by one command: its number everywhere, its day, a commit and a tag with the notes; or refused, with every reason."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.version import version_in
from tests.architecture.source import ROOT

pytestmark = pytest.mark.once

WHO = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b.example", "GIT_COMMITTER_NAME": "A"} | {
    "GIT_COMMITTER_EMAIL": "a@b.example",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "PATH": "/usr/bin:/bin",
}
TAKEN = (
    "script/release",
    "pyproject.toml",
    "publiccode.yml",
    "CHANGELOG.md",
    "docs/upgrading.md",
    "docs/bill-of-materials.json",
    "deploy",
)


@pytest.fixture
def release(tmp_path: Path) -> "Release":
    """A repository of its own with what a release changes of this one."""
    for name in TAKEN:
        source, place = ROOT / name, tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, place) if source.is_dir() else shutil.copy(source, place)
    found = Release(tmp_path)
    found.git("init", "--quiet", "--initial-branch=main")
    found.commit()
    return found


class Release:
    def __init__(self, root: Path) -> None:
        self.root, self.version = root, version_in(root)

    def git(self, *command: str) -> str:
        done = subprocess.run(["git", *command], cwd=self.root, env=WHO, capture_output=True, text=True, check=True)
        return done.stdout

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "As it was")

    def make(self, *options: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "script/release", *(options or (self.version,))]
        return subprocess.run(command, cwd=self.root, env=WHO, capture_output=True, text=True, check=False)

    def change(self, path: str, before: str, after: str) -> None:
        words = (self.root / path).read_text()
        assert before in words, path
        (self.root / path).write_text(words.replace(before, after))


def next_version(release: Release) -> str:
    """The files say what a developer says of the next release: a section of the changelog, a column of the table."""
    version = "9.1.0"
    release.change(
        "CHANGELOG.md",
        f"## {release.version} (",
        f"## {version} (not yet released)\n\n* New.\n\n## {release.version} (",
    )
    release.change("docs/upgrading.md", f"| to {release.version} |", f"| to {version} |")
    release.commit()
    return version


def test_this_version_can_be_released_as_it_is(release: Release) -> None:
    """As far as files say it: the changelog, the way to upgrade and each place that names the version."""
    told = release.make(release.version, "--dry-run")

    assert (told.returncode, told.stderr) == (0, "")
    assert "**For those who run it**" in told.stdout and "+releaseDate: " in told.stdout
    assert release.git("status", "--porcelain") == release.git("tag") == ""


def test_a_release_has_its_number_everywhere_a_commit_and_a_tag_with_the_notes(release: Release) -> None:
    before, version = release.version, next_version(release)

    assert release.make(version).returncode == 0

    assert version_in(release.root) == version
    assert f"softwareVersion: {version}\nreleaseDate: 20" in (release.root / "publiccode.yml").read_text()
    images = release.git("grep", "-h", "--only-matching", "labour-licensing-registry:[0-9.]*", "--", "deploy")
    assert {*images.split()} == {f"labour-licensing-registry:{version}"} != {f"labour-licensing-registry:{before}"}
    assert "not yet released" not in (release.root / "CHANGELOG.md").read_text().partition(f"## {before}")[0]
    assert release.git("log", "-1", "--format=%s") == f"Release {version}\n"
    notes = release.git("tag", "--list", f"v{version}", "--format=%(contents)")
    assert notes.startswith("* New.") and "docs/upgrading.md" in notes and before not in notes
    assert release.git("status", "--porcelain") == ""


def test_a_release_that_is_not_ready_is_refused_with_every_reason(release: Release) -> None:
    version = next_version(release)
    release.git("tag", "v9.2.0")
    release.change("CHANGELOG.md", f"## {version} (not", f"## {version}0 (not")
    release.change("docs/upgrading.md", f"| to {version} |", "| to |")
    release.change("publiccode.yml", "softwareVersion: ", "softwareVersion: 1")

    told = release.make(version)

    assert told.returncode == 1
    reasons = ("release v9.2.0 already", "has changes", "no section", "the column", "publiccode.yml does not name")
    assert [part in told.stderr for part in reasons] == [True] * 5
    assert release.make("next").stderr == "next is no version: write it as 0.3.0.\n"


def test_a_section_without_words_is_no_release(release: Release) -> None:
    version = next_version(release)
    release.change("CHANGELOG.md", "* New.\n", "")
    release.commit()

    assert f"says nothing of {version}" in release.make(version).stderr
