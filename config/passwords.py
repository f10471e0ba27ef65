"""Passwords that are guessed first: those of the service's own words, common ones, and those that were in a breach."""

import logging
import os
import re
from hashlib import sha1
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: What people put into a password for such a service; docs/security/controls.md names this list.
WORDS = (
    *(
        "account",
        "admin",
        "applicant",
        "apply",
        "authority",
        "business",
        "check",
        "decision",
        "employer",
        "gov",
        "holder",
    ),
    *(
        "inspection",
        "inspector",
        "labour",
        "licence",
        "license",
        "licensing",
        "login",
        "manager",
        "officer",
        "passphrase",
    ),
    *("password", "provider", "register", "registry", "secret", "service", "staff", "supplier", "welcome", "worker"),
    *(
        "awdurdod",
        "busnes",
        "cofrestr",
        "croeso",
        "cyfrinair",
        "darparwr",
        "gwasanaeth",
        "gweithiwr",
        "llafur",
        "trwydded",
    ),
)
#: Letters that must be left when these words, figures and signs are taken away.
LEFT = 6
TOO_NEAR = _("Choose a password that is not made up of words about this service.")
RULE = _("Your password can’t be made up of words about this service, such as “licence” or “register”.")


class WordsOfTheService:
    """Refuses a password in which little is left without the words that anyone would try."""

    def validate(self, password: str, user: object = None) -> None:
        left = re.sub(r"[\W\d_]+", "", password.casefold())
        for word in sorted(self._words(), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEFT:
            raise ValidationError(TOO_NEAR, code="words_of_the_service")

    def get_help_text(self) -> str:
        return str(RULE)

    def _words(self) -> set[str]:
        named = f"{settings.SERVICE_NAME} {settings.ORGANISATION_NAME}".casefold()
        return {*WORDS, *(word for word in re.findall(r"[^\W\d_]+", named) if len(word) > 3)}


class CommonOrBreached(CommonPasswordValidator):
    """Refuses a common password, by Django's list, and one of `BREACHED_PASSWORDS`, where the installation has that file.

    The file has a SHA-1 digest in hexadecimal on each line, in their order, with or without a count after a colon, as
    "Have I Been Pwned" gives them out. Nothing is sent anywhere.
    """

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        if (file := settings.BREACHED_PASSWORDS) and _is_breached(password, Path(file)):
            raise ValidationError(self.get_error_message(), code="password_breached")


def is_a_list(file: Path) -> bool:
    """Whether the first lines are digests in their order."""
    try:
        with file.open("rb") as lines:
            first = [line.strip().partition(b":")[0].upper() for line in islice(lines, 100)]
    except OSError:
        return False
    return bool(first) and first == sorted(first) and all(re.fullmatch(rb"[0-9A-F]{40}", one) for one in first)


def _is_breached(password: str, file: Path) -> bool:
    """Without its file no one is kept from choosing a password: the log says it, and the deploy check does."""
    digest = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    try:
        with file.open("rb") as lines:
            return line_at_or_after(lines, digest)[: len(digest)].upper() == digest
    except OSError:
        logging.getLogger(__name__).exception("The list of breached passwords cannot be read.")
        return False


def line_at_or_after(lines: BinaryIO, wanted: bytes) -> bytes:
    """The first line of an ordered file that is not before what is wanted; empty at its end. Reads a few dozen lines of millions."""
    low, high = 0, lines.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        _at_line(lines, middle)
        line = lines.readline()
        if line and line[: len(wanted)].upper() < wanted:
            low = middle + 1
        else:
            high = middle
    _at_line(lines, low)
    return lines.readline()


def _at_line(lines: BinaryIO, place: int) -> None:
    """Go to the first line that begins at this place or after it."""
    lines.seek(max(0, place - 1))
    if place:
        lines.readline()
