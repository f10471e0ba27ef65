"""What a caller hears and a text message says: the outcome first, then who, until when, and what next."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from public_lookup.lookup.queries import advice
from public_lookup.lookup.queries.answers import when_of, word_of
from public_lookup.lookup.queries.findings import Findings
from public_lookup.lookup.queries.instants import UnreadableQuestion
from public_lookup.lookup.queries.rows import LookupRow
from public_lookup.telephone import queries, rules
from registry.languages import own_name
from registry.register.models import Entry
from registry.register.states import Outcome
from registry.schemes import contact
from registry.telephone import Spoken, clip, languages_by_key, say

#: Names in one text message.
MOST_NAMES = 3

# --- text messages ---


def text_answer(body: str, language: str, at: datetime) -> str:
    """The answer to a message, in the language that it asks for, else in that of the number."""
    asked = rules.questions(body, [code for code, _name in settings.LANGUAGES])
    is_name = len(asked) > 1 and _is_known(asked[-1].words, at)
    question = asked[-1] if is_name else asked[0]
    with translation.override(question.language or language):
        return rules.fitted(_service(question.words, at) or _sentences(question.words, at))


def _service(words: str, at: datetime) -> list[str]:
    """What STOP and HELP are answered, in whatever language the number is; nothing for a question to the register."""
    word = words.strip(" .!").casefold()
    if word in rules.STOP:
        return [_("We send no more messages to this number. You get an answer only when you send us a message.")]
    if word in rules.HELP:
        lines = reversed(advice.help_lines(timezone.localdate(at)))
        return [_example(), *_next(None, at), *(f"{name}: {number}." for name, number in lines if number)]
    return []


def _is_known(words: str, at: datetime) -> bool:
    try:
        return bool(queries.asked(words, at)[1].exact)
    except UnreadableQuestion:
        return False


def _sentences(words: str, at: datetime) -> list[str]:
    try:
        _search, found = queries.asked(words, at)
    except UnreadableQuestion as refused:
        return [*map(str, (reason.text for reason in refused.reasons)), _example()]
    if found.only:
        return [*_said_of(found.only), *_next(found.only.entry, at)]
    if found.borrowed:
        borrowed = _("This number is not theirs. It may be borrowed: report it.")
        return [borrowed, *map(_with_word, found.borrowed), *_next(None, at)]
    return _offered(found) or [f"{Outcome.NOT_FOUND.label}.", *_next(None, at)]


def _offered(found: Findings) -> list[str]:
    """Those that may be meant. What was typed is not sent back: a forged sender would make us write it to someone else."""
    several, near = found.exact or found.several, found.similar
    rows = several or near or found.in_place
    heading = [] if several or not near else [_("No exact match. Is it one of these?")]
    return [*heading, _one_of(rows), _send_number()] if rows else []


def _said_of(row: LookupRow) -> list[str]:
    """Word and day before the name: of a long name, the end is cut."""
    return [f"{word_of(row.entry)}. {when_of(row.entry, row.last_day)}. {row.entry.name} ({row.entry.number})."]


def _with_word(row: LookupRow) -> str:
    return f"{row.entry.name} ({row.entry.number}): {word_of(row.entry)}."


def _next(entry: Entry | None, at: datetime) -> list[str]:
    """Where the entry is; of a firm that is not licensed, or about not to be, which number to ring."""
    page = f"{settings.SITE_ADDRESS}{reverse('entry', args=[entry.number])}" if entry else ""
    is_well = entry is not None and entry.outcome in (Outcome.LICENSED, Outcome.LICENSED_WITH_CONDITIONS)
    help_now = f"{_('Ring for help now')}: {contact.telephone(timezone.localdate(at))}."
    return [page] if is_well else [help_now, *([page] if page else [])]


def _one_of(rows: Sequence[LookupRow]) -> str:
    return "; ".join(_named(row.entry) for row in rows[:MOST_NAMES]) + "."


def _named(entry: Entry) -> str:
    return " ".join(filter(None, (entry.number, entry.name, entry.address.get("town", ""))))


def _send_number() -> str:
    return _("Send us the number of the right one.")


def _example() -> str:
    return _("Send us a name or a licence number.")


# --- calls ---


def languages() -> list[Spoken]:
    """Each language in its own words, with the two keys that choose it."""
    return [say(f"{own_name(code)}: {' '.join(keys)}.", code) for keys, code in languages_by_key()]


def choices(entries: Sequence[Entry], language: str) -> list[Spoken]:
    """Names, places and numbers to choose from. Nothing is said of a licence before one is chosen."""
    rows = [
        say(f"{number}: {entry.name}. {entry.address.get('town', '')}. {' '.join(entry.number)}.", language)
        for number, entry in enumerate(entries, 1)
    ]
    return [clip("choose", language), *rows, clip("none-of-these", language)]


def answer(row: LookupRow | None, language: str, at: datetime) -> list[Spoken]:
    """The outcome first."""
    outcome = Outcome(row.entry.outcome) if row else Outcome.NOT_FOUND
    spoken = [clip(f"outcome-{outcome.value}", language)]
    with translation.override(language):
        if row:
            words = f"{row.entry.name}. {when_of(row.entry, row.last_day)}. {' '.join(row.entry.number)}."
            spoken.append(say(words, language))
        if outcome in (Outcome.LICENSED, Outcome.LICENSED_WITH_CONDITIONS):
            return [*spoken, say(promise(row.entry.number if row else "", at), language)]
    number = contact.telephone(timezone.localdate(at))
    return [*spoken, clip("ring-for-help", language), say(" ".join(number.replace(" ", "")), language)]


def promise(number: str, at: datetime) -> str:
    """What a licence does not promise: "licensed" must never be heard as "safe"."""
    return queries.asked(number, at)[0].promise
