"""Which release can serve a database that a later one has set up."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from config import way_back


def a_release(folder: Path, version: str, **migrations: str) -> Path:
    """With the newest migration of each app from before the rule, and these: the folder of a release holds more."""
    folder.mkdir()
    (folder / "pyproject.toml").write_text(f'[project]\nversion = "{version}"\n')
    for app in way_back.BEFORE_THE_RULE:
        (folder / app / "migrations").mkdir(parents=True)
    for app, name in [*way_back.BEFORE_THE_RULE.items(), *migrations.items()]:
        (folder / app / "migrations" / f"{name}.py").touch()
    return folder


class Stated:
    """In the place of the loader: this release has the migrations of before the rule, and these."""

    def __init__(self, **said: str) -> None:
        later = type("Migration", (Migration,), said)
        self.disk_migrations = {key: Migration(key[1], key[0]) for key in way_back.BEFORE_THE_RULE.items()}
        self.disk_migrations["registry", "0099_later"] = later("0099_later", "registry")

    def __call__(self, _connection: None) -> "Stated":
        return self


@pytest.mark.parametrize(
    ("said", "version", "expected"),
    [
        ({}, "0.2.0", []),
        ({way_back.NO_LONGER_READ: "0.3.0"}, "0.3.0", []),
        ({way_back.NO_LONGER_READ: "0.3.0"}, "0.10.0", []),
        ({way_back.NO_LONGER_READ: "0.3.0"}, "0.2.9", ["registry.0099_later took away what 0.2.9 still asks for"]),
    ],
)
def test_only_what_took_something_away_stands_in_the_way(
    said: dict[str, str], version: str, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way_back, "MigrationLoader", Stated(**said))

    found = list(way_back.blockers(a_release(tmp_path / "before", version)))
    assert [one.partition(":")[0] for one in found] == expected
    has_it = a_release(tmp_path / "same", version, registry="0099_later")
    assert list(way_back.blockers(has_it)) == []


def test_a_release_from_before_the_rule_goes_back_by_a_copy(tmp_path: Path) -> None:
    folder = a_release(tmp_path / "before", "0.1.0")
    (folder / "registry/migrations" / f"{way_back.BEFORE_THE_RULE['registry']}.py").unlink()

    with pytest.raises(CommandError, match=r"0\.1\.0 is from before registry\.0046"):
        call_command("check_way_back", str(folder))


@pytest.mark.parametrize("words", ["", "[project]\n"])
def test_a_folder_that_is_no_release_is_refused_in_words(tmp_path: Path, words: str) -> None:
    if words:
        (tmp_path / "pyproject.toml").write_text(words)

    with pytest.raises(CommandError, match="no folder of a release"):
        call_command("check_way_back", str(tmp_path))


def test_what_was_made_before_the_rule_is_there() -> None:
    assert set(way_back.BEFORE_THE_RULE.items()) <= set(MigrationLoader(None).disk_migrations)
