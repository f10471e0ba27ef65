"""What the register says of somebody, and why somebody answers a question: in sentences.

Written here and not in templates, because a page of results says forty of them, and the copy of the register that people
carry with them says the same (private.py).
"""

from datetime import date
from html import unescape

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext

from public_lookup.lookup.queries.answers import Said, days_of, kind_of, when_of, word_of
from public_lookup.lookup.queries.rows import AnswerReason, LookupRow
from registry.register.models import Entry
from registry.register.states import Standing
from registry.templatetags.outcomes import outcome_tag
from registry.templatetags.registry_parts import day

register = template.Library()

SENTENCES: dict[str, Said] = {
    "licensed": (
        gettext_noop("%(name)s is licensed, from %(start)s until the end of %(end)s."),
        {"start": "valid_from", "end": "last"},
    ),
    "revocation_to_come": (
        gettext_noop(
            "We have decided to take away the licence of %(name)s. It is licensed until the end of %(last)s, and not licensed from %(gone)s."
        ),
        {"last": "last", "gone": "revoked_from"},
    ),
    "under_appeal": (
        gettext_noop(
            "We have decided to take away the licence of %(name)s, and it has appealed. It is licensed until the appeal is decided, and until the end of %(end)s at the latest."
        ),
        {"end": "valid_until"},
    ),
    "suspended_until": (
        gettext_noop(
            "%(name)s was licensed until %(last)s. The licence is suspended from %(start)s until the end of %(end)s: it is not licensed on these days."
        ),
        {"last": "last", "start": "suspended_from", "end": "suspended_until"},
    ),
    "suspended": (
        gettext_noop(
            "%(name)s was licensed until %(last)s. The licence is suspended from %(start)s: it is not licensed until the suspension is lifted."
        ),
        {"last": "last", "start": "suspended_from"},
    ),
    "revoked": (
        gettext_noop(
            "%(name)s was licensed until %(last)s. We took the licence away: it has not been licensed since %(gone)s."
        ),
        {"last": "last", "gone": "revoked_from"},
    ),
    "surrendered": (
        gettext_noop(
            "%(name)s was licensed until %(last)s. It gave the licence up: it has not been licensed since %(gone)s."
        ),
        {"last": "last", "gone": "surrendered_from"},
    ),
    "ended": (
        gettext_noop(
            "%(name)s was licensed until %(last)s. The licence ended because its company, tax or VAT number changed: it has not been licensed since %(gone)s."
        ),
        {"last": "last", "gone": "ended_from"},
    ),
    "expired": (
        gettext_noop("%(name)s was licensed until %(last)s. The licence has run out: it is not licensed."),
        {"last": "last"},
    ),
    "refused": (
        gettext_noop("%(name)s applied for a licence and was refused one on %(day)s. It is not licensed."),
        {"day": "refused_from"},
    ),
    "not_yet": (
        gettext_noop("%(name)s is not licensed yet. Its licence begins on %(start)s."),
        {"start": "valid_from"},
    ),
    "applied_on": (
        gettext_noop("%(name)s applied for a licence on %(day)s. It is not licensed."),
        {"day": "applied_on"},
    ),
    "applied": (gettext_noop("%(name)s has applied for a licence. It is not licensed."), {}),
}


def with_conditions(count: int) -> Said:
    sentence = ngettext(
        "%(name)s is licensed until the end of %(end)s, with %(number)s condition that it must meet.",
        "%(name)s is licensed until the end of %(end)s, with %(number)s conditions that it must meet.",
        count,
    )
    return sentence, {"end": "last"}


#: What the register said on a day that has passed: no sentence can be read as if it held today.
PAST: dict[Standing, str] = {
    Standing.LICENSED: gettext_noop("%(name)s was licensed on %(day)s."),
    Standing.LICENSED_WITH_CONDITIONS: gettext_noop("%(name)s was licensed on %(day)s, with conditions."),
    Standing.REVOCATION_TO_COME: gettext_noop(
        "%(name)s was licensed on %(day)s. We had decided to take its licence away."
    ),
    Standing.SUSPENDED: gettext_noop("%(name)s was not licensed on %(day)s: its licence was suspended."),
    Standing.REVOKED: gettext_noop("%(name)s was not licensed on %(day)s."),
    Standing.EXPIRED: gettext_noop("%(name)s was not licensed on %(day)s."),
    Standing.SURRENDERED: gettext_noop("%(name)s was not licensed on %(day)s."),
    Standing.REFUSED: gettext_noop("%(name)s was not licensed on %(day)s. It had applied for a licence."),
    Standing.APPLIED: gettext_noop("%(name)s was not licensed on %(day)s. It had applied for a licence."),
}


@register.simple_tag
def past_in_words(entry: Entry, when: str) -> SafeString:
    """What the register said of a standing on a day that has passed, without any day on which it was to end."""
    return SafeString(gettext(PAST[Standing(entry.standing)]) % {"name": escape(entry.name), "day": escape(when)})


@register.simple_tag
def standing_in_words(entry: Entry, last_day: date | None) -> SafeString:
    """What the register says of a standing, in a sentence of its own. The outcome stands before it, as a tag in words."""
    if entry.standing == Standing.LICENSED_WITH_CONDITIONS:
        sentence, days = with_conditions(entry.condition_count)
    else:
        english, days = SENTENCES[kind_of(entry, last_day)]
        sentence = gettext(english)
    facts = days_of(entry, last_day, days)
    return SafeString(sentence % {"name": escape(entry.name), "number": entry.condition_count, **facts})


@register.simple_tag
def answer_word(entry: Entry) -> str:
    """The word of the answer, with its day where it is losing its licence."""
    return word_of(entry)


@register.simple_tag
def answer_when(entry: Entry, last_day: date | None) -> str:
    """The day that belongs to the word, in a few words."""
    return when_of(entry, last_day)


@register.simple_tag
def answer_title(entry: Entry, last_day: date | None) -> str:
    """The title of a page that answers: it begins with the word of the answer."""
    return f"{word_of(entry)}: {entry.name}. {when_of(entry, last_day)}"


@register.simple_tag
def answer_tag(entry: Entry, past: bool = False) -> SafeString:
    """The outcome of an entry as symbol and word, with its day where it is losing its licence."""
    return outcome_tag(entry.outcome, past=past, word=word_of(entry))


WHY = {
    AnswerReason.FORMER_NAME: gettext_noop("Had the name %(name)s before."),
    AnswerReason.TRADING_NAME: gettext_noop("Trades as %(name)s."),
    AnswerReason.OTHER_FORM: gettext_noop(
        "It does not have the legal form that you entered (such as Ltd or LLP). It is another business."
    ),
    AnswerReason.TRADING_NAME_WITH_FORM: gettext_noop(
        "Trades as %(name)s. A trading name has no legal form (such as Ltd), so it may be the same business: compare the company number."
    ),
    AnswerReason.IN_TEXT: gettext_noop("What you entered has the name %(name)s in it."),
    AnswerReason.NUMBER_IN_TEXT: gettext_noop(
        "Has the number %(number)s, but what you entered does not have its name. Compare the name."
    ),
    AnswerReason.NEAR_NUMBER: gettext_noop(
        "Its number is %(number)s. The number that you entered is not quite the same."
    ),
    AnswerReason.NAMED_BESIDE: gettext_noop("Has the name %(name)s."),
    AnswerReason.NUMBER_OF_ANOTHER: gettext_noop("Found by %(number)s."),
    AnswerReason.SEVERAL_FORMS: gettext_noop("Others have this name with another legal form (such as Ltd or LLP)."),
    AnswerReason.COMPANY_NUMBER: gettext_noop("Has the company number %(number)s."),
    AnswerReason.TELEPHONE: gettext_noop("Has this telephone number."),
    AnswerReason.EMAIL: gettext_noop("Has this email address."),
    AnswerReason.WEBSITE: gettext_noop("Has this website or email address."),
    AnswerReason.POSTCODE: gettext_noop("Registered at %(postcode)s."),
    AnswerReason.PLACE: gettext_noop("Registered in %(place)s."),
    AnswerReason.VEHICLE: gettext_noop("Has the vehicle %(number)s."),
    AnswerReason.BEGINNING: gettext_noop("Begins with what you entered."),
    AnswerReason.WORDS: gettext_noop("Has all the words that you entered."),
    AnswerReason.SOUNDS_LIKE: gettext_noop("Sounds like what you entered."),
    AnswerReason.SIMILAR: gettext_noop("Is spelt nearly like what you entered."),
}
OF_A_NAME = frozenset(
    {
        AnswerReason.NAME,
        AnswerReason.OTHER_FORM,
        AnswerReason.SEVERAL_FORMS,
        AnswerReason.BEGINNING,
        AnswerReason.WORDS,
        AnswerReason.SOUNDS_LIKE,
        AnswerReason.SIMILAR,
    }
)


@register.simple_tag
def why_in_words(row: LookupRow) -> SafeString:
    """Why somebody answers the question, where that is not plain to see."""
    return SafeString(" ".join(_reasons(row)))


def remark_on(row: LookupRow) -> str:
    """The same in plain text, for programs."""
    return unescape(why_in_words(row))


def _reasons(row: LookupRow) -> list[str]:
    facts: dict[str, str] = dict.fromkeys(("name", "number", "postcode", "place"), escape(row.name))
    if row.carried_by:
        facts["day"] = day(row.carried_by.shown_until)
        return [gettext("Was registered with “%(name)s” until %(day)s, and is not any more.") % facts]
    if row.why == AnswerReason.NUMBER:
        return [gettext("Found by %(number)s.") % facts] if row.name != row.entry.number else []
    also = [gettext("Also called %(name)s.") % facts] if row.why in OF_A_NAME and row.other_name else []
    return also + ([gettext(WHY[row.why]) % facts] if row.why in WHY else [])
