"""The sentences that can be heard, by their keys: answers of the look-up, the telephone menu, help topics and the report."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import schemes
from registry.register.states import Outcome
from registry.schemes import said

#: What the telephone says. An answer of the look-up is its label, so that page and telephone use the same words.
TELEPHONE: dict[str, str | Promise] = {
    "menu-number": _("For a licence number, press 1."),
    "menu-vehicle": _("For the registration of a vehicle, press 2."),
    "menu-name": _("For the name of a labour provider, press 3."),
    "menu-report": _("To report a problem, press 4."),
    "press-keys": _("Press one key for each letter or figure, then the hash key."),
    "choose": _("Choose one of these."),
    "none-of-these": _("If it is none of these, press 9."),
    "ask-again": _("To ask again, press 1."),
    "not-understood": _("We did not understand. Try again."),
    "ring-for-help": _("Ring for help now"),
    "danger": _("Is someone in danger now?"),
    "emergency": _("In danger now? Ring 999."),
    "yes-or-no": _("For yes, press 1. For no, press 2."),
    "speak-now": _("Speak after the tone. When you have finished, press any key."),
    "report-kept": _("We have your report"),
    "your-words": _("Your words"),
    "hear-again": _("To hear this again, press 1."),
    "not-kept": _("We could not keep your recording."),
}
REPORT: dict[str, str | Promise] = {"report-start": _("You do not have to give your name.")}
#: How the keys of sentences of the packs begin.
OF_PACK = "help-"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in one language."""

    key: str
    language: str
    text: str


def sentences(language: str) -> Iterator[Sentence]:
    """Every sentence that can be heard, in this language ("pl", "en")."""
    with translation.override(language):
        said_in = {key: str(text) for key, text in {**_fixed(), **_help_topics()}.items()}
    yield from (Sentence(key, language, text) for key, text in said_in.items())


def sentence_of(key: str, language: str) -> str:
    """The words of one sentence in this language; a `KeyError` where there is no such sentence."""
    with translation.override(language):
        # No pack is asked for what is no word of it: "we cannot tell" is said when packs cannot be read, too.
        return str((_help_topics() if key.startswith(OF_PACK) else _fixed())[key])


def _fixed() -> dict[str, str | Promise]:
    outcomes: dict[str, str | Promise] = {f"outcome-{one.value}": one.label for one in Outcome}
    return {**outcomes, **TELEPHONE, **REPORT}


def _help_topics() -> dict[str, str | Promise]:
    """The first line of each help topic, of the newest version of the packs."""
    newest = (schemes.get(name, schemes.versions(name)[-1]) for name in schemes.names())
    offered = [pack.worker_help for pack in newest if pack.worker_help]
    language = translation.get_language()
    return {f"{OF_PACK}{topic.code}": said(topic.about, language) for one in offered for topic in one.topics}
