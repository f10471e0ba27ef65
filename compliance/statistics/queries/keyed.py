"""What anyone may make a table of: people, reports and visits of a quarter by every variable, in the words of the pack."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from compliance.reports.models.reports import Channel
from compliance.safeguarding.models.codes import ReferralKind
from compliance.statistics.queries import inspections, referrals, reports
from compliance.statistics.queries.people import text_code
from compliance.statistics.queries.quarters import QUARTERS, Quarter, quarters_over
from registry import schemes
from registry.disclosure.models import KeyedCounts
from registry.disclosure.rules.cells import CountsToFreeze
from registry.disclosure.rules.classes import smallest_of
from registry.editions.tables import CountedThing
from registry.premises.models import Nation
from registry.schemes import Scheme, said

#: How long after its end a quarter is frozen: decisions on its last reports are then known.
FROZEN_AFTER = timedelta(weeks=8)
#: A variable: its title, and its values with their titles, in the language of the moment.
Words = tuple[str, str, list[tuple[str, str]]]
SEVERAL, NOT_KNOWN = "several", "not_known"


def counts_to_freeze(on: date) -> Iterator[CountsToFreeze]:
    """Every quarter that is old enough and not frozen yet, of the last eight."""
    quarters = quarters_over(on - FROZEN_AFTER, QUARTERS)
    frozen = set(KeyedCounts.objects.values_list("subject", "scheme", "quarter"))
    for subject, scheme, count in _counters(on):
        name = scheme.name if scheme else ""
        for quarter in quarters:
            if (subject.value, name, quarter.number) not in frozen:
                yield count(quarter)


Count = Callable[[Quarter], CountsToFreeze]


def _counters(on: date) -> Iterator[tuple[CountedThing, Scheme | None, Count]]:
    held = schemes.all_in_force(on)
    for scheme in held:
        if scheme.safeguarding and scheme.safeguarding.referrals:
            yield CountedThing.PEOPLE, scheme, partial(_people, scheme)
        yield CountedThing.VISITS, scheme, partial(_visits, scheme)
    # As in tables of reports: zero is printed only where every scheme prints it.
    prints_zero = all(one.statistics.prints_zero for one in held)
    yield CountedThing.REPORTS, None, partial(_reports, prints_zero=prints_zero)


def _people(scheme: Scheme, quarter: Quarter) -> CountsToFreeze:
    words = scheme.safeguarding
    assert words is not None

    def variables() -> list[Words]:
        children, nations = referrals.children(words), referrals.nations(words)
        return [
            ("route", _("Referral or notification"), _titles(ReferralKind.choices)),
            ("age", _("Age group"), list(children)),
            ("gender", _("Gender"), referrals.titles(words.genders)),
            ("kind", _("Kind of exploitation"), referrals.kinds_of(words)),
            ("nation", _("Nation"), list(nations)),
            ("sector", _("Sector"), referrals.sectors_of(scheme)),
        ]

    age = _part_of(referrals.children(words))
    nation = _part_of(referrals.nations(words))
    numbers: Counter[tuple[str, ...]] = Counter(
        (one.kind, age.get(one.age_band, ""), one.gender, one.nature, nation.get(one.region, ""), one.sector)
        for one in referrals.referred_people(scheme, [quarter])
    )
    return _counts(CountedThing.PEOPLE, scheme, quarter, variables, numbers)


def _part_of(coarser: Mapping[tuple[str, str], tuple[str, ...]]) -> dict[str, str]:
    return {part: code for (code, _title), parts in coarser.items() for part in parts}


def _visits(scheme: Scheme, quarter: Quarter) -> CountsToFreeze:
    def variables() -> list[Words]:
        sectors = [(one.code, said(one.title, get_language())) for one in scheme.sectors]
        return [
            ("how", _("How the visit came about"), inspections.ways_chosen()),
            ("outcome", _("Outcome"), inspections.visit_outcomes()),
            ("nation", _("Nation"), _titles(Nation.choices)),
            ("sector", _("Sector"), [*sectors, (SEVERAL, _("More than one sector")), (NOT_KNOWN, _("Not known"))]),
        ]

    numbers: Counter[tuple[str, ...]] = Counter(
        (one.how, "failed" if one.failed else "passed", one.nation, only_sector(one.sectors))
        for one in inspections.confirmed_visits(scheme, [quarter])
    )
    return _counts(CountedThing.VISITS, scheme, quarter, variables, numbers)


def only_sector(sectors: Sequence[str]) -> str:
    if not sectors:
        return NOT_KNOWN
    return sectors[0] if len(sectors) == 1 else SEVERAL


def _reports(quarter: Quarter, *, prints_zero: bool) -> CountsToFreeze:
    def variables() -> list[Words]:
        return [
            ("outcome", _("Outcome"), reports.outcomes()),
            ("channel", _("How the report came"), _titles(Channel.choices)),
        ]

    numbers: Counter[tuple[str, ...]] = Counter(
        (one.decision, one.channel) for one in reports.received_reports([quarter])
    )
    smallest = smallest_of(CountedThing.REPORTS, businesses=0)
    return CountsToFreeze(
        CountedThing.REPORTS, "", {}, quarter.number, _spoken(variables), numbers, smallest, prints_zero
    )


def _counts(
    subject: CountedThing,
    scheme: Scheme,
    quarter: Quarter,
    variables: Callable[[], list[Words]],
    numbers: Mapping[tuple[str, ...], int],
) -> CountsToFreeze:
    title = {text_code(language): said(scheme.title, language) for language in settings.SITE_LANGUAGES}
    smallest = smallest_of(subject, businesses=scheme.statistics.businesses)
    prints_zero = scheme.statistics.prints_zero
    return CountsToFreeze(
        subject, scheme.name, title, quarter.number, _spoken(variables), numbers, smallest, prints_zero
    )


def _spoken(variables: Callable[[], list[Words]]) -> list[dict[str, Any]]:
    """The variables with their titles in each language of the site."""
    found: dict[str, dict[str, Any]] = {}
    for language in settings.SITE_LANGUAGES:
        with override(language):
            for code, title, values in variables():
                own = found.setdefault(code, {"code": code, "title": {}, "values": {}})
                own["title"][text_code(language)] = str(title)
                for value, value_title in values:
                    own["values"].setdefault(value, {})[text_code(language)] = str(value_title)
    return list(found.values())


def _titles(choices: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(code, str(title)) for code, title in choices]
