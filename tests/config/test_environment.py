"""Settings as they are written in the environment, and in files."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import new_secrets
from config.environment import flag, secret
from registry import signing

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("1", True),
        ("true", True),
        ("Yes", True),
        ("on", True),
        ("0", False),
        ("FALSE", False),
        ("no", False),
        ("", False),
    ],
)
def test_yes_and_no_are_read_however_they_are_written(monkeypatch: pytest.MonkeyPatch, typed: str, means: bool) -> None:
    monkeypatch.setenv("EMAIL_USE_TLS", typed)

    assert flag("EMAIL_USE_TLS") is means


def test_what_is_neither_yes_nor_no_stops_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_USE_TLS", "starttls")

    with pytest.raises(ImproperlyConfigured, match="EMAIL_USE_TLS must be one of"):
        flag("EMAIL_USE_TLS")


def test_a_secret_is_read_from_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("of the file\n")
    monkeypatch.setenv("A_KEY_FILE", str(file))

    assert secret("A_KEY") == "of the file"


@pytest.mark.parametrize("given", [{"A_KEY": "x", "A_KEY_FILE": "/etc/hostname"}, {"A_KEY_FILE": "/no/such"}, {}])
def test_a_secret_that_is_said_twice_or_not_at_all_is_refused(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str]
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match="A_KEY"):
        secret("A_KEY")


@pytest.mark.once
def test_fresh_secrets_are_printed_without_settings_and_are_long_enough() -> None:
    command = [sys.executable, "-m", "config.new_secrets"]
    printed, again = (
        subprocess.run(command, cwd=ROOT, env={}, capture_output=True, text=True, check=True).stdout
        for _time in range(2)
    )

    found = dict(line.split("=", 1) for line in printed.splitlines())
    assert (
        [*found]
        == ["SECRET_KEY", "NAMES_KEY", "SEALING_KEYS", "SIGNING_KEY"]
        == [line.split("=")[0] for line in new_secrets.lines()]
    )
    assert min(len(found[name]) for name in ("SECRET_KEY", "NAMES_KEY", "SEALING_KEYS")) >= 50
    assert signing.public_key(found["SIGNING_KEY"])
    assert not {*found.values()} & {line.split("=", 1)[1] for line in again.splitlines()}
