"""What the private look-up is given by the server: its addresses, the keys and the sentences that it says."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from public_lookup.lookup.filters import LONGEST_TEXT, schemes_on
from public_lookup.lookup.queries import advice as advice_queries
from public_lookup.lookup.queries.answers import LOSING_ON, SHORT
from public_lookup.lookup.queries.rows import NEARLY_THE_NAME
from public_lookup.lookup.rules.fields import Surface
from public_lookup.lookup.rules.public_fields import fields_on
from public_lookup.templatetags.standings import OF_A_NAME, SENTENCES, WHY, with_conditions
from registry import signing
from registry.register.rules import look_of
from registry.register.states import OUTCOMES, Outcome, Standing
from registry.schemes import Scheme, said
from registry.templatetags.registry_parts import MONTHS

#: The number of conditions is written out in the forms of the language up to here; more are said to be as many.
MOST_CONDITIONS = 12


def facts(addresses: dict[str, str]) -> dict[str, Any]:
    return {
        "addresses": addresses,
        "keys": signing.key_set(settings.SIGNING_KEY, settings.FORMER_PUBLIC_KEYS)["keys"],
        "words": {
            **_words_of_the_page(),
            "why": {why.value: gettext(sentence) for why, sentence in WHY.items()},
            "why_of_a_name": [why.value for why in OF_A_NAME],
            "nearly_the_name": [why.value for why in NEARLY_THE_NAME],
            "longest": LONGEST_TEXT,
            "faults": _faults(),
            "standings": _standings(),
            "most_conditions": MOST_CONDITIONS,
            "short": {kind: gettext(sentence) % _left_open(days) for kind, (sentence, days) in SHORT.items()},
            "losing_on": gettext(LOSING_ON),
            "outcomes": {outcome.value: str(outcome.label) for outcome in Outcome},
            "tones": {outcome.value: look_of(outcome).tone.name for outcome in Outcome},
            "outcome_of": {standing.value: outcome.value for standing, outcome in OUTCOMES.items()},
            "months": [str(month) for month in MONTHS],
            "rows": _rows(),
            "is_english": (get_language() or "").startswith("en"),
            **_words_of_packs(schemes_on(timezone.localdate())),
        },
    }


def _rows() -> list[dict[str, Any]]:
    """The fields of the copy that the page shows as a label and a value, with the label for each state of a licence."""
    return [
        {"name": field.name, **{state: label and str(label) for state, label in field.labels.by_state().items()}}
        for field in fields_on(Surface.PHONE)
        if field.labels
    ]


def _words_of_packs(packs: list[Scheme]) -> dict[str, Any]:
    language = get_language()
    return {
        "advice": list(dict.fromkeys(said(pack.outcomes.not_found, language) for pack in packs)),
        "to_do": advice_queries.to_do(packs),
        "schemes": {
            pack.name: {
                "says": {name.value: said(getattr(pack.outcomes, name), language) for name in Standing},
                "promise": said(pack.outcomes.promise, language),
                "ended": _ended(advice_queries.advice(pack)),
            }
            for pack in packs
        },
    }


def _ended(advice: advice_queries.ReaderAdvice) -> dict[str, Any]:
    return {"workers": advice.workers, "users": advice.users, "helpers": advice.help_lines}


def _words_of_the_page() -> dict[str, str]:
    return {
        "label": gettext("Name, licence number or code"),
        "hint": gettext(
            "A name, a licence number, a telephone number, or what a square code says. It stays on this device."
        ),
        "check": gettext("Check"),
        "error": gettext("Error:"),
        "nothing_asked": gettext("Enter a name or a licence number."),
        "loading": gettext("Loading the register…"),
        "ready": gettext(
            "This copy of the register was made on %(moment)s and holds %(number)s entries. It can be asked until %(until)s."
        ),
        "moment": gettext("%(day)s at %(time)s"),
        "says_nothing": gettext("This page does not tell you whether they are licensed."),
        "number": gettext("Number"),
        "place": gettext("Place"),
        "telephone": gettext("Telephone"),
        "website": gettext("Website"),
        "email": gettext("Email"),
        "ring_this": gettext(
            "Ring this number, not one that you were given. If someone else claims to hold this licence, report it."
        ),
        "see_entry": gettext("See the whole entry (this asks the website)"),
        "found_one": gettext("On the register with this name or number"),
        "found_several": ngettext(
            "%(number)s on the register with this name or number",
            "%(number)s on the register with this name or number",
            2,
        ),
        "more_than_one": gettext(
            "More than one has this name. Compare the number and the place before you rely on it."
        ),
        "found_nobody": gettext("The register has no labour provider called “%(text)s” or with that number."),
        "near": gettext("No exact match. Is it one of these?"),
        "near_compare": gettext("These are not exactly what you entered. Compare the licence number and the place."),
        "borrowed": gettext("This number is not theirs. It may be borrowed: report it."),
        "what_differs": gettext("What differs is marked."),
        "several_forms": gettext("“%(text)s” is the name of more than one business"),
        "several_forms_compare": gettext(
            "They differ by their legal form, such as Ltd or LLP. Enter the name with its legal form, or compare the licence number."
        ),
        "in_place": gettext("In or at “%(text)s”"),
        "in_place_says_nothing": gettext("These are registered there. That says nothing about anybody else who is."),
        "also_called": gettext("Also called %(name)s."),
        "was_registered_with": gettext("Was once registered with “%(name)s”, and is not any more."),
        "confused": gettext("Not to be confused with"),
        "confused_compare": gettext(
            "These have similar names and are others. Compare the licence number and the place."
        ),
        "if_you_work": gettext("If you work for them"),
        "if_you_use": gettext("If you use their workers"),
        "who_helps": gettext("Who can help"),
        "true_at": gettext("The register said this on %(moment)s."),
        "genuine": gettext(
            "The square code is genuine: it was made for %(name)s, number %(number)s. What counts is what the register says now:"
        ),
        "forged": gettext("This square code is not one of ours, or it was altered"),
        "do_not_rely": gettext(
            "Do not rely on the certificate with this code. Check the name or the licence number "
            "instead, and report it to us."
        ),
        "may_keep": gettext(
            "You can keep this page and the register on this device, and use them without a "
            "connection. Other people who use this device can see that you keep them, but not who you "
            "looked up."
        ),
        "keep": gettext("Keep on this device"),
        "keep_elsewhere": gettext("Use it without a connection"),
        "is_kept": gettext(
            "This page and the register are kept on this device. They work without a connection for 24 hours after the register was loaded."
        ),
        "remove": gettext("Remove from this device"),
        "not_kept": gettext("That did not work: this device has no room, or does not allow it."),
    }


def _faults() -> dict[str, str]:
    return {
        "not_loaded": gettext("The register could not be loaded. Look whether you have a connection, and try again."),
        "damaged": gettext("The copy of the register is damaged: it is not what was signed. Load this page again."),
        "not_signed": gettext(
            "The copy of the register is not signed by us. Do not rely on where you found this page."
        ),
        "too_old": gettext("This copy of the register is older than 24 hours. Load this page again with a connection."),
        "clock_behind": gettext("The clock of this device is behind: set it right, and try again."),
        "other_index": gettext("The register could not be loaded. Look whether you have a connection, and try again."),
        "too_long": gettext("Enter at most 300 characters."),
        "no_signatures": gettext("This browser cannot check signatures. Use the ordinary page, or a newer browser."),
    }


def _standings() -> dict[str, str]:
    """The sentences of the ordinary page, with the names of fields where days will stand."""
    said = {kind: (gettext(sentence), days) for kind, (sentence, days) in SENTENCES.items()}
    for count in range(1, MOST_CONDITIONS + 1):
        said[f"licensed_with_conditions_{count}"] = with_conditions(count)
    return {kind: sentence % _left_open(days) for kind, (sentence, days) in said.items()}


def _left_open(days: Mapping[str, str]) -> dict[str, str]:
    fields = {"name": "name", "number": "number", **days}
    return {word: f"%({field})s" for word, field in fields.items()}
