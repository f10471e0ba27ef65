"""What a text message asks, and how much of an answer goes into three of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from registry.clients.texts import parts_of

#: Messages in one answer.
MOST_PARTS = 3
#: Fewer keys fit too many names.
FEWEST_KEYS, MOST_KEYS = 3, 30


#: What telephones and providers send for somebody who wants no more messages, or asks what this number is.
STOP = frozenset({"stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit"})
HELP = frozenset({"help", "info"})


@dataclass(frozen=True, slots=True)
class TextQuestion:
    """What was asked, and in which language the answer is wanted; none where the message does not say it."""

    words: str
    language: str = ""


def questions(body: str, languages: Collection[str]) -> list[TextQuestion]:
    """What a message can mean: "PL Marrowby" is the name Marrowby, to be answered in Polish, unless someone has the whole as a name."""
    words = " ".join(body.split())
    first, _space, rest = words.partition(" ")
    code = next((one for one in languages if one.split("-")[0] == first.lower()), "")
    return [TextQuestion(rest, code), TextQuestion(words)] if code else [TextQuestion(words)]


def fitted(sentences: Sequence[str]) -> str:
    """As many of the sentences as fit, the first ones first: the first of all is cut where it must be."""
    kept = list(sentences)
    while len(kept) > 1 and parts_of(" ".join(kept)) > MOST_PARTS:
        kept.pop()
    words = " ".join(kept)
    while parts_of(words) > MOST_PARTS:
        words = words[:-1]
    return words
