"""Translations go to a translator and come back: as a PO file, which every translation program reads.

A person who has read a message leaves a mark beside it in the catalogue. A message whose English changes is a new message,
without a mark.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import polib
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.languages import own_name

PLACE = re.compile(r"%\(\w+\)[a-z]|%[sdr%]|\{\w*\}|</?[a-z]+(?: [^<>]*)?>")
#: Beside a message that a translator has read.
MARK = re.compile(r"^Reviewed on (\d{4}-\d\d-\d\d) by (.+)$", re.MULTILINE)
DRAFT = "X-Needs-Review"

NOT_OURS = _("No such message is in the catalogue: its English has changed.")
EMPTY = _("It is not translated.")
OTHER_PLACES = _("What is filled in, or a tag, is not the same as in the English.")


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """One language of the service, and how much of it a translator has read."""

    code: str
    name: str
    messages: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class TranslationFault:
    english: str
    because: str | Promise


@dataclass(slots=True)
class BroughtIn:
    """What a translator's file changes: how many messages it says otherwise, how many it marks as read, what is refused."""

    changed: int = 0
    reviewed: int = 0
    faults: list[TranslationFault] = field(default_factory=list)


def places(text: str) -> set[str]:
    """What a message leaves open (`%(name)s`, `{code}`) and its tags: a translation says no other."""
    return set(PLACE.findall(text))


def catalogue_of(language: str) -> polib.POFile:
    """The written catalogue. Raises `FileNotFoundError` for a language that has none."""
    path = _path(language)
    if language not in dict(settings.LANGUAGES) or not path.exists():
        raise FileNotFoundError(language)
    return polib.pofile(str(path), wrapwidth=0)


def _path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def languages() -> Iterator[LanguageRow]:
    """Every language but the one that the messages are written in."""
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE:
            yield _row(_path(code), _path(code).stat().st_mtime_ns, code)


@lru_cache(maxsize=100)
def _row(path: Path, changed_at: int, code: str) -> LanguageRow:
    """Counted once for each state of the file: to read them all takes a third of a second."""
    messages = [one for one in catalogue_of(code) if not one.obsolete]
    return LanguageRow(code, own_name(code), len(messages), sum(is_reviewed(one) for one in messages))


def is_reviewed(message: polib.POEntry) -> bool:
    return bool(MARK.search(message.tcomment))


def to_take_out(language: str, *, only: Collection[str] | None = None, unread: bool = False) -> polib.POFile:
    """What a translator is given: all messages, or `only` those with this English, or those that no one has read yet."""
    ours, taken = catalogue_of(language), polib.POFile(wrapwidth=0)
    taken.metadata = dict(ours.metadata)
    for message in ours:
        is_wanted = (only is None or message.msgid in only) and not (unread and is_reviewed(message))
        if is_wanted and not message.obsolete:
            taken.append(message)
    return taken


def bring_in(ours: polib.POFile, theirs: polib.POFile, *, reviewer: str, on: date) -> BroughtIn:
    """Take over what a translator wrote, and mark each message as read by them. What has a fault changes nothing."""
    found = BroughtIn()
    for message in theirs:
        own = ours.find(message.msgid, msgctxt=message.msgctxt or False)
        if fault := _fault(own, message):
            found.faults.append(TranslationFault(message.msgid, fault))
            continue
        assert own is not None
        found.changed += _forms(own) != _forms(message)
        own.msgstr, own.msgstr_plural = message.msgstr, message.msgstr_plural
        found.reviewed += not is_reviewed(own)
        kept = [line for line in own.tcomment.splitlines() if not MARK.search(line)]
        own.tcomment = "\n".join([*kept, f"Reviewed on {on.isoformat()} by {reviewer}"])
    unread = any(not is_reviewed(one) for one in ours if not one.obsolete)
    ours.metadata[DRAFT] = "yes" if unread else "no"
    return found


def _fault(own: polib.POEntry | None, message: polib.POEntry) -> str | Promise:
    if own is None:
        return NOT_OURS
    forms = _forms(message)
    if not message.translated() or len(forms) != len(_forms(own)) or not all(one.strip() for one in forms):
        return EMPTY
    allowed = places(message.msgid) | places(message.msgid_plural)
    if any(not places(one) <= allowed for one in forms):
        return OTHER_PLACES
    return OTHER_PLACES if not message.msgid_plural and places(message.msgstr) != places(message.msgid) else ""


def _forms(message: polib.POEntry) -> list[str]:
    return list(message.msgstr_plural.values()) or [message.msgstr]
