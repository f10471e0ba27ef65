"""A bank account as people write it, in the one form in which it is compared; what is kept of it is a keyed digest and its end."""

import re

from django.utils.translation import gettext_lazy as _

from registry.identifiers import InvalidIdentifier

_FEWEST = 6
_WORDS = re.compile(r"\b(?:sort ?code|account|number|no|iban|acc|a/c)\b\.?", re.IGNORECASE)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_IN_TEXT = (
    re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"),
    re.compile(r"\b\d{2}[- ]\d{2}[- ]\d{2}\b\D{1,40}?\b\d{4} ?\d{4}\b"),
)


def bank_account(text: str) -> str:
    """The figures by which an account is known: of an IBAN those of its bank and number, as its holder writes them at home.

    Raises `InvalidIdentifier` for what is too short, and for an IBAN of which a figure is wrong.
    """
    typed = re.sub(r"[^A-Z0-9]", "", _WORDS.sub("", text).upper())
    if _IBAN.fullmatch(typed):
        if not _is_whole(typed):
            raise InvalidIdentifier("account", _("This IBAN has a mistake. Check each figure."))
        return typed[4:].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if len(typed) < _FEWEST or not any(figure.isdigit() for figure in typed):
        raise InvalidIdentifier("account", _("Enter the sort code and the number of the account, or its IBAN."))
    return typed


def accounts_in(told: str) -> list[str]:
    """Every account in a text, each once, as it is compared."""
    found = dict[str, None]()
    for pattern in _IN_TEXT:
        for text in pattern.findall(told):
            try:
                found[bank_account(re.sub(r"[^A-Za-z0-9 -]", " ", text))] = None
            except InvalidIdentifier:
                continue
    return list(found)


def _is_whole(iban: str) -> bool:
    """The check figures of an IBAN (ISO 13616)."""
    return int("".join(str(int(one, 36)) for one in iban[4:] + iban[:4])) % 97 == 1
