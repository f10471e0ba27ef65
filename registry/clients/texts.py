"""Text messages: how long one may be, and who carries it.

`TEXT_SENDER` names a class as Django's EMAIL_BACKEND does: made without arguments, with a method `send`. A provider of text
messages is one such class; here is the interface, and a stand-in that records.
"""

import json
import logging
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

MOST_GSM_7, MOST_UCS_2 = 160, 70
#: Of a longer one, each part says which it is.
PART_GSM_7, PART_UCS_2 = 153, 67
# 3GPP TS 23.038: what one septet writes, and what takes two. Any other letter makes the whole message UCS-2.
_GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWO_SEPTETS = frozenset("^{}\\[~]|€\f")


class TextUndelivered(Exception):
    """The provider did not take the message now; it is tried again."""


class Sender(Protocol):
    def send(self, *, number: str, words: str, reference: str) -> None:
        """Hand over one message, or raise `TextUndelivered`. The same reference is the same message: a provider sends it once."""


class RecordedSender:
    """A stand-in: each message becomes a file below `var/texts`, and nothing leaves the house."""

    def send(self, *, number: str, words: str, reference: str) -> None:
        folder = settings.TEXT_FILE_PATH
        folder.mkdir(parents=True, exist_ok=True)
        message = json.dumps({"number": number, "words": words}, ensure_ascii=False)
        (folder / f"{reference}.json").write_text(message)


def sender() -> Sender:
    """The sender of this installation."""
    return cast(Sender, import_string(settings.TEXT_SENDER)())


def fault_in_sending(*, number: str, words: str, reference: str) -> str:
    """Send one message; says why it was not sent, as a code of `registry.outbox.states.FAULTS`; nothing when it was."""
    try:
        sender().send(number=number, words=words, reference=reference)
    except Exception as error:
        # Whatever goes wrong at a provider, the message is tried again; its words are in no log.
        logger.warning("The provider of text messages did not take a message: %s", type(error).__name__)
        return "not_accepted"
    return ""


def is_one_message(words: str) -> bool:
    """Whether it goes as one message: 160 septets, or 70 units of UCS-2 once it holds any other letter."""
    if all(letter in _GSM_7 or letter in _TWO_SEPTETS for letter in words):
        return len(words) + sum(letter in _TWO_SEPTETS for letter in words) <= MOST_GSM_7
    return len(words.encode("utf-16-be")) // 2 <= MOST_UCS_2


def parts_of(words: str) -> int:
    """As how many messages it is sent and paid for."""
    if is_one_message(words):
        return 1
    if all(letter in _GSM_7 or letter in _TWO_SEPTETS for letter in words):
        return -(-(len(words) + sum(letter in _TWO_SEPTETS for letter in words)) // PART_GSM_7)
    return -(-(len(words.encode("utf-16-be")) // 2) // PART_UCS_2)


def fitted(name: str, rest: str) -> str:
    """A name and what is said of it, as one message: the name is cut where it must be, never what is said."""
    words, kept = f"{name}{rest}", name
    while kept and not is_one_message(words):
        kept = kept[:-1]
        words = f"{kept.rstrip()}..{rest}"
    return words if kept else rest.strip()
