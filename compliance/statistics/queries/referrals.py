"""People who were referred or notified, as they are counted: neither who, nor from where they came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.safeguarding.models.codes import ReferralKind
from compliance.safeguarding.models.referrals import Referral
from compliance.statistics.queries.quarters import Quarter, quarter_at, span
from compliance.statistics.queries.tables import By, StatisticsTable, SuppressionRule
from registry.schemes import Scheme, said
from registry.schemes.safeguarding import Named as Word


@dataclass(frozen=True, slots=True)
class CountedReferral:
    """Somebody who was referred or notified, by what is counted: neither who, nor from where they came."""

    quarter: Quarter
    kind: str
    age_band: str
    gender: str
    region: str
    natures: tuple[str, ...]


def _referred(scheme: Scheme, quarters: Sequence[Quarter]) -> list[CountedReferral]:
    """By the day on which it was sent: from then on none of these facts changes."""
    since, until = span(quarters)
    sent = Referral.objects.filter(scheme=scheme.name, sent_at__gte=since, sent_at__lt=until).order_by("pk")
    of = quarter_at(quarters)
    return [
        CountedReferral(of(at), kind, age, gender, region, tuple(natures))
        for at, kind, age, gender, region, natures in sent.values_list(
            "sent_at", "kind", "age_band", "gender", "region", "natures"
        )
        if at
    ]


def of_referrals(scheme: Scheme, quarters: Sequence[Quarter], way: SuppressionRule) -> list[StatisticsTable]:
    """None where the scheme refers nobody."""
    words = scheme.safeguarding
    if words is None or not words.referrals:
        return []

    def titles(named: Iterable[Word]) -> list[tuple[str, str]]:
        return [(one.code, said(one.title, get_language())) for one in named]

    of = By(lambda: _referred(scheme, quarters), quarters, lambda one: one.quarter, way)
    return of.all(
        of.apart("referrals", _("People referred or notified"), ReferralKind.choices, lambda one: one.kind),
        of.apart("ages", _("People referred or notified, by age"), titles(words.age_bands), lambda one: one.age_band),
        of.apart("genders", _("People referred or notified, by gender"), titles(words.genders), lambda one: one.gender),
        of.apart(
            "referral_regions",
            _("People referred or notified, by where they were found"),
            titles(words.regions),
            lambda one: one.region,
        ),
        of.mentions(
            "natures",
            _("People referred or notified, by kind of exploitation"),
            titles(words.natures),
            lambda one: one.natures,
        ),
    )
