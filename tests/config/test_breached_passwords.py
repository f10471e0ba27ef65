"""New passwords are compared with those of known breaches, in a file of the installation: nothing is sent anywhere."""

import io
from hashlib import sha1
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from config.checks.keys import breached_passwords_can_be_read
from config.passwords import line_at_or_after

BREACHED = "Tr0mbone-in-the-rain"


def digest(password: str) -> str:
    return sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


@pytest.fixture
def breaches(tmp_path: Path, settings: Settings) -> Path:
    """In the form of Have I Been Pwned: ordered, with counts, lines ended as on Windows."""
    file = tmp_path / "breached"
    digests = sorted(digest(password) for password in [BREACHED, *(f"password {number}" for number in range(5000))])
    file.write_bytes("".join(f"{one}:{number + 1}\r\n" for number, one in enumerate(digests)).encode())
    settings.BREACHED_PASSWORDS = str(file)
    return file


@pytest.mark.usefixtures("breaches")
def test_a_password_of_a_breach_is_refused_and_another_is_taken() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(BREACHED)

    assert [error.code for error in refused.value.error_list] == ["password_breached"]
    validate_password(f"{BREACHED}!")


def test_each_of_three_thousand_common_ones_that_are_long_enough_is_refused(breaches: Path) -> None:
    """`breaches` has 4,000 and more of 13 characters; the list of an installation has all that are known."""
    for number in range(1000, 4000):
        with pytest.raises(ValidationError):
            validate_password(f"password {number}")


def test_without_its_file_a_password_is_taken_and_the_log_says_it(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BREACHED_PASSWORDS = str(tmp_path / "gone")

    validate_password(BREACHED)

    assert "cannot be read" in caplog.text and BREACHED not in caplog.text


@pytest.mark.parametrize("words", ["", "password\n123456\n", f"{'F' * 40}\n{'0' * 40}\n"])
def test_a_file_of_another_kind_stops_the_deploy(words: str, breaches: Path) -> None:
    assert breached_passwords_can_be_read() == []

    breaches.write_text(words)

    assert [found.id for found in breached_passwords_can_be_read()] == ["config.E034"]


@given(st.lists(st.binary(min_size=1, max_size=5).map(bytes.hex), max_size=30), st.binary(max_size=5).map(bytes.hex))
def test_the_line_is_found_wherever_it_is(kept: list[str], wanted: str) -> None:
    lines = sorted(one.upper().encode() for one in kept)
    asked = wanted.upper().encode()

    found = line_at_or_after(io.BytesIO(b"".join(line + b"\n" for line in lines)), asked)

    assert found.strip() == next((line for line in lines if line[: len(asked)] >= asked), b"")
