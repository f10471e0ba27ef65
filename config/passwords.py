"""Passwords that someone who knows the service would guess first: its name, that of the authority, and what it is about."""

import re

from django.conf import settings
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
