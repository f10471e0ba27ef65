"""What helps a worker on a day: topics, facts and telephone numbers of the pack in the language of the reader, and places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from public_lookup.help import rules
from public_lookup.help.models import HelpPlace
from registry import names, schemes
from registry.filtersets import beginning
from registry.schemes import HelpCall, HelpTopic, Scheme, Text, WorkerHelp, said

#: Places on one page: the nearest few, as nobody reads more.
MOST_PLACES = 20
LABELS = {
    "law": _("What the law gives you"),
    "by_when": _("By when"),
    "keep": _("What to keep"),
    "then": _("What to do, and what happens then"),
}
#: Where a scheme has no words in the language, the page is in this one, and says so.
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class TopicLink:
    code: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """Who answers, in words."""

    name: str
    telephone: str
    what: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicPage:
    """All that is said of a topic in one nation. `hourly` is the least pay for an hour by band, in pence. `checked_on` is the oldest day; `overdue` the day a check was missed."""

    topic: HelpTopic
    parts: list[tuple[str, list[str]]]
    hourly: list[tuple[str, int]]
    calls: list[HelpNumber]
    letters: list[tuple[str, str]]
    sources: list[str]
    checked_on: date
    overdue: date | None
    is_confirmed: bool


def scheme_with_help(on: date) -> Scheme | None:
    """The scheme in force that says how workers are helped; one that is law before a draft."""
    return next(
        iter(sorted((one for one in schemes.all_in_force(on) if one.worker_help), key=lambda one: one.is_draft)), None
    )


def topics_of(help_given: WorkerHelp) -> list[TopicLink]:
    return [TopicLink(one.code, _said(one.title), _said(one.about)) for one in help_given.topics]


def topics_for(outcomes: set[str], on: date) -> list[TopicLink]:
    """The topics that these answers of the look-up lead to: none where someone is licensed."""
    scheme = scheme_with_help(on)
    if scheme is None or scheme.worker_help is None:
        return []
    led_to = {one.code for one in scheme.worker_help.topics if outcomes.intersection(one.outcomes)}
    return [link for link in topics_of(scheme.worker_help) if link.code in led_to]


def topic_page(help_given: WorkerHelp, topic: HelpTopic, nation: str, on: date) -> TopicPage:
    facts = [one for one in help_given.facts if one.is_about(topic.code, nation)]
    calls = [one for one in help_given.calls if one.is_about(topic.code, nation)]
    in_force = [one for one in help_given.rates if one.since <= on and (not one.nations or nation in one.nations)]
    rates = in_force[-1:] if topic.counts_pay else []
    checked = [*facts, *calls, *rates]
    return TopicPage(
        topic=topic,
        parts=[(str(label), [_said(one.text) for one in facts if one.part == part]) for part, label in LABELS.items()],
        hourly=[(_said(band.title), one.amounts[band.code]) for one in rates for band in help_given.bands],
        calls=[_number(one) for one in calls],
        letters=[(one.code, _said(one.title)) for one in help_given.letters if one.code in topic.letters],
        sources=list(dict.fromkeys(one.source for one in checked)),
        checked_on=min(one.day for one in checked),
        overdue=min((one.review_by for one in checked if one.review_by < on), default=None),
        is_confirmed=not any(one.needs_review for one in checked),
    )


def _number(call: HelpCall) -> HelpNumber:
    return HelpNumber(
        call.name, call.telephone, _said(call.what), (_said(call.hours), _said(call.cost), _said(call.languages))
    )


def is_translated(help_given: WorkerHelp) -> bool:
    """Whether a reader in the language of the page finds it in that language, and not in English."""
    language = (get_language() or ENGLISH).split("-")[0]
    texts: Iterable[Text] = [one.text for one in help_given.facts]
    return language == ENGLISH or all(said(text, language) != text["en"] for text in texts)


def places_near(typed: str) -> list[HelpPlace]:
    """The places of a postcode, else those around it; or those of a town, by its name or the beginning of it."""
    rows = HelpPlace.objects.select_related("listed_in")
    if outward := rules.outward_of(typed):
        letters = outward.rstrip("0123456789") if outward[-1].isdigit() else outward[:-2].rstrip("0123456789")
        around = rows.filter(beginning("outward", letters))
        here = [one for one in around if one.outward == outward]
        return (here or [one for one in around if one.outward[len(letters)].isdigit()])[:MOST_PLACES]
    key = names.fold(typed)
    return list(rows.filter(beginning("town_key", key))[:MOST_PLACES]) if key else []


def _said(text: Text) -> str:
    return said(text, get_language())
