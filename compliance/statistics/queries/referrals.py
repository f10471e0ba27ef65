"""People who were referred or notified, as they are counted: neither who, nor from where they came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Min
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.safeguarding.models.codes import ReferralKind
from compliance.safeguarding.models.referrals import Referral
from compliance.statistics.queries.people_tables import ByPeriod
from compliance.statistics.queries.quarters import Quarter, quarter_at, span
from compliance.statistics.queries.tables import StatisticsTable, SuppressionRule
from registry.editions.tables import CountedThing
from registry.premises.models import Nation
from registry.schemes import Scheme, said
from registry.schemes.safeguarding import Named as Word
from registry.schemes.safeguarding import Safeguarding

#: More than one kind of exploitation.
SEVERAL_KINDS = "several"
#: The code of the table of everyone.
REFERRALS = "referrals"
NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class CountedReferral:
    """Someone who was referred or notified, by what is counted: neither who, nor from where they came."""

    quarter: Quarter
    kind: str
    age_band: str
    gender: str
    region: str
    nature: str
    sector: str


def referred_people(scheme: Scheme, quarters: Sequence[Quarter]) -> list[CountedReferral]:
    """By the day on which it was sent: from then on none of these facts changes."""
    since, until = span(quarters)
    sent = Referral.objects.filter(scheme=scheme.name, sent_at__gte=since, sent_at__lt=until).order_by("pk")
    of = quarter_at(quarters)
    return [
        CountedReferral(of(at), kind, age, gender, region, _nature(natures), sector or NOT_KNOWN)
        for at, kind, age, gender, region, natures, sector in sent.values_list(
            "sent_at", "kind", "age_band", "gender", "region", "natures", "sector"
        )
        if at
    ]


def _nature(natures: Sequence[str]) -> str:
    """The kind of exploitation, so that each person is in one row."""
    return natures[0] if len(natures) == 1 else SEVERAL_KINDS


def titles(named: Iterable[Word]) -> list[tuple[str, str]]:
    return [(one.code, said(one.title, get_language())) for one in named]


def kinds_of(words: Safeguarding) -> list[tuple[str, str]]:
    return [*titles(words.natures), (SEVERAL_KINDS, _("More than one kind"))]


def sectors_of(scheme: Scheme) -> list[tuple[str, str]]:
    return [*((one.code, said(one.title, get_language())) for one in scheme.sectors), (NOT_KNOWN, _("Not known"))]


def of_referrals(scheme: Scheme, quarters: Sequence[Quarter], way: SuppressionRule) -> list[StatisticsTable]:
    """None where the scheme refers no one."""
    words = scheme.safeguarding
    if words is None or not words.referrals:
        return []
    of = ByPeriod(
        lambda all_quarters: referred_people(scheme, all_quarters),
        quarters,
        lambda one: one.quarter,
        way,
        counts=CountedThing.PEOPLE,
        began=lambda: Referral.objects.filter(scheme=scheme.name).aggregate(first=Min("sent_at"))["first"],
    )
    of.apart(REFERRALS, _("People referred or notified"), ReferralKind.choices, lambda one: one.kind, groups=1)
    of.apart(
        "ages",
        _("People referred or notified, by age"),
        titles(words.age_bands),
        lambda one: one.age_band,
        coarser=children(words),
    )
    of.apart("genders", _("People referred or notified, by gender"), titles(words.genders), lambda one: one.gender)
    of.apart(
        "natures", _("People referred or notified, by kind of exploitation"), kinds_of(words), lambda one: one.nature
    )
    of.apart(
        "referral_regions",
        _("People referred or notified, by where they were found"),
        titles(words.regions),
        lambda one: one.region,
        coarser=nations(words),
    )
    of.apart(
        "referral_sectors", _("People referred or notified, by sector"), sectors_of(scheme), lambda one: one.sector
    )
    return of.tables()


def children(words: Safeguarding) -> Mapping[tuple[str, str], tuple[str, ...]]:
    return {
        ("child", _("Under 18")): tuple(one.code for one in words.age_bands if one.child),
        ("adult", _("18 or over")): tuple(one.code for one in words.age_bands if not one.child),
    }


def nations(words: Safeguarding) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The nations of the regions; what is in no nation is one more row. Nothing where the pack names none."""
    if not any(one.nation for one in words.regions):
        return {}
    names = dict(Nation.choices)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in words.regions:
        title = str(names[one.nation]) if one.nation else _("Not known")
        key = (f"nation_{one.nation or NOT_KNOWN}", title)
        found[key] = (*found.get(key, ()), one.code)
    return found
