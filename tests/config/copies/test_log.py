"""The log between a copy and now: what is missing is said, as PostgreSQL only stops there."""

import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from config.copies.log import missing_from

FILE = 16 * 1024 * 1024


def a_log(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        with (folder / name).open("wb") as file:
            file.truncate(1_000 if ".gz" in name else FILE)
    return folder


def a_copy(file: Path, *names: str) -> Path:
    with tarfile.open(file, "w:gz") as packed:
        for name in names:
            packed.addfile(tarfile.TarInfo(name), BytesIO())
    return file


@pytest.mark.parametrize(
    ("copied", "kept", "missing"),
    [
        ("000000010000000000000004", ["000000010000000000000004", "000000010000000000000005.partial"], []),
        ("000000010000000000000004", ["000000010000000000000005.gz", "000000010000000000000006.gz.partial"], []),
        ("000000010000000000000004", ["000000010000000000000006"], ["000000010000000000000005"]),
        ("0000000100000000000000FF", ["000000010000000100000000", "000000010000000100000001"], []),
        (
            "0000000100000000000000FE",
            ["000000010000000100000001.partial"],
            ["0000000100000000000000FF", "000000010000000100000000"],
        ),
        # A copy of later than some of the log; and a server that went on under a new timeline.
        ("000000010000000000000004", ["000000010000000000000001", "000000010000000000000004"], []),
        ("000000010000000000000004", ["000000020000000000000005", "00000002.history"], []),
        ("000000010000000000000004", [], []),
    ],
)
def test_a_file_of_the_log_that_is_missing_is_named(
    copied: str, kept: list[str], missing: list[str], tmp_path: Path
) -> None:
    log = a_log(tmp_path / "log", *kept)

    assert missing_from(log, a_copy(tmp_path / "pg_wal.tar.gz", copied, "archive_status")) == missing


def test_servers_with_larger_files_count_otherwise(tmp_path: Path) -> None:
    log = a_log(tmp_path / "log", "000000010000000100000000")
    with (log / "000000010000000100000000").open("r+b") as file:
        file.truncate(4 * FILE)

    assert missing_from(log, a_copy(tmp_path / "pg_wal.tar.gz", "00000001000000000000003F")) == []
