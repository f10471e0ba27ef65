"""The tables of compliance in an edition of the public statistics: about visits and businesses, so that nothing is hidden.

Tables about people are made apart, with small numbers left out, and declared beside this one (`release_tables` in
`compliance/apps.py`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from django.db.models import Case, CharField, Count, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.cases import CaseOutcome, CaseResult, UnlicensedCase, UserNotice
from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.models.undertakings import Undertaking
from compliance.follow_ups.models import FollowUp, Remedy, RemedyKind
from compliance.follow_ups.states import FollowUpStatus
from compliance.inspections.models import Inspection, Result
from compliance.inspections.queries.inspections import REACTIVE
from compliance.inspections.states import ChosenHow, Finding
from compliance.plans.models import VisitPlan
from registry import schemes
from registry.agencies.queries import guarded_agencies
from registry.editions.queries import declaring
from registry.editions.tables import CountedThing, Dimension, ReleaseTable

QUARTER, SCHEME, EVERY = _("Quarter"), _("Scheme"), _("All schemes")
BEFORE_GRANT = "before_grant"


def tables(last_day: date) -> Iterator[ReleaseTable]:
    """All of them, of the quarter that ends on this day and the seven before."""
    quarter = declaring.quarter_dimension(QUARTER, last_day)
    yield _visits(last_day, quarter)
    yield _joint_visits(last_day, quarter)
    yield _standards(last_day, quarter)
    yield _follow_ups(last_day, quarter)
    yield _recovered(last_day, quarter)
    yield _enforcement(last_day, quarter)


def _confirmed() -> "QuerySet[Inspection]":
    """By the day on which the report was confirmed: from then on nothing about it changes, and so its quarter does not."""
    how = Case(
        When(choice__how__isnull=False, then="choice__how"),
        When(kind__in=REACTIVE, then=Value(ChosenHow.REACTIVE.value)),
        default=Value(BEFORE_GRANT),
        output_field=CharField(),
    )
    return Inspection.objects.confirmed().annotate(came_about=how)


def _visits(last_day: date, quarter: Dimension) -> ReleaseTable:
    scheme = declaring.scheme_dimension(SCHEME, EVERY, last_day)
    how = declaring.dimension(
        "how",
        _("How it came about"),
        {
            declaring.ALL: _("All visits"),
            **{one.value: one.label for one in ChosenHow},
            BEFORE_GRANT: _("Before a licence, or to see a corrective action"),
        },
    )
    failed = Q(results__finding=Finding.NOT_MET)
    visits = declaring.count_instants(_confirmed(), "confirmed_at", last_day, "scheme", "came_about")
    unmet = declaring.count_instants(
        _confirmed().filter(failed), "confirmed_at", last_day, "scheme", "came_about", of=Count("pk", distinct=True)
    )
    titles = declaring.measures(visits=_("Visits"), unmet=_("Visits that found a standard not met"))
    return declaring.release_table(
        "visits",
        CountedThing.VISITS,
        title=_("Visits"),
        about=_("Visits by how they came about, by the day on which the report was confirmed."),
        dimensions=(quarter, scheme, how),
        measures=titles,
        unit="visits",
        rows=declaring.rows_of((quarter, scheme, how), _over_all(visits), _over_all(unmet)),
    )


def _over_all(counts: declaring.Counts) -> declaring.Counts:
    """With the totals over all schemes and over all ways in which visits come about."""
    return declaring.with_all(declaring.with_all(counts), place=2)


def _joint_visits(last_day: date, quarter: Dimension) -> ReleaseTable:
    guarded = [agency.pk for agency in guarded_agencies(last_day)]
    plans = VisitPlan.objects.filter(inspection__status="confirmed")
    counted = partial(
        declaring.count_instants, field="inspection__confirmed_at", last_day=last_day, of=Count("pk", distinct=True)
    )
    columns = (
        counted(plans.exclude(agencies=None)),
        counted(plans.filter(agencies__in=guarded)),
    )
    titles = declaring.measures(
        joint=_("With another authority"), guarded=_("With an authority that enforces immigration law")
    )
    return declaring.release_table(
        "joint-visits",
        CountedThing.VISITS,
        title=_("Joint visits"),
        about=_(
            "Visits that were planned together with another authority, by the day on which the report was confirmed. "
            "Joint visits with immigration enforcement are counted apart, because workers have a right to know."
        ),
        dimensions=(quarter,),
        measures=titles,
        unit="visits",
        rows=declaring.rows_of((quarter,), *columns),
    )


def _standards(last_day: date, quarter: Dimension) -> ReleaseTable:
    """Each standard that a visit of the quarters looked at, with the name of its scheme, as two schemes share numbers."""
    looked_at = Result.objects.filter(inspection__status="confirmed", finding__in=(Finding.MET, Finding.NOT_MET))
    by = ("inspection__confirmed_at", last_day, "inspection__scheme", "standard")
    visits = _joined(declaring.count_instants(looked_at, *by))
    unmet = _joined(declaring.count_instants(looked_at.filter(finding=Finding.NOT_MET), *by))
    standard = Dimension(
        "standard", declaring.in_languages(_("Standard")), standard_titles({key[1] for key in visits}, last_day)
    )
    titles = declaring.measures(not_met=_("Not met"), visits=_("Visits that looked at it"))
    rows = tuple(row for row in declaring.rows_of((quarter, standard), unmet, visits) if row[3])
    return declaring.release_table(
        "standards",
        CountedThing.VISITS,
        title=_("Standards not met"),
        about=_(
            "Visits that found a standard not met, of those that looked at it, by the day on which the report was "
            "confirmed. A visit can find several. A standard that no visit of a quarter looked at has no row."
        ),
        dimensions=(quarter, standard),
        measures=titles,
        unit="visits",
        rows=rows,
    )


def _joined(counts: declaring.Counts) -> declaring.Counts:
    return Counter({(quarter, f"{scheme}:{code}"): number for (quarter, scheme, code), number in counts.items()})


def standard_titles(keys: set[str], last_day: date) -> dict[str, Mapping[str, str]]:
    """By number, and scheme where there are several; one that the version in force has no more, by its number alone."""
    found: dict[str, Mapping[str, str]] = {}
    names = {key.partition(":")[0] for key in keys}
    for key in sorted(keys):
        name, _colon, code = key.partition(":")
        scheme = schemes.in_force(name, last_day)
        known = {one.code: declaring.said_in_languages(one.title) for one in scheme.standards}
        of, own = declaring.said_in_languages(scheme.title), known.get(code, {})
        behind = {language: f" ({title})" if len(names) > 1 else "" for language, title in of.items()}
        found[key] = {language: f"{code} {own.get(language, '')}{behind[language]}" for language in of}
    return found


def _follow_ups(last_day: date, quarter: Dimension) -> ReleaseTable:
    every = FollowUp.objects.all()
    columns = (
        declaring.count_instants(every, "asked_at", last_day),
        declaring.count_instants(every.filter(status=FollowUpStatus.MET), "judged_at", last_day),
        declaring.count_instants(every.filter(status=FollowUpStatus.NOT_MET), "judged_at", last_day),
    )
    titles = declaring.measures(asked=_("Asked for"), met=_("Completed"), not_met=_("Not completed"))
    return declaring.release_table(
        "follow-up",
        CountedThing.CASES,
        title=_("Corrective actions"),
        about=_(
            "What businesses had to correct after a visit: asked for, and judged completed or not, in the quarter."
        ),
        dimensions=(quarter,),
        measures=titles,
        unit="corrective actions",
        rows=declaring.rows_of((quarter,), *columns),
    )


def _recovered(last_day: date, quarter: Dimension) -> ReleaseTable:
    kinds = declaring.dimension(
        "kind", _("Kind"), {declaring.ALL: _("All kinds"), **{one.value: one.label for one in RemedyKind}}
    )
    paid = Remedy.objects.confirmed()
    pence = declaring.with_all(declaring.count_instants(paid, "confirmed_at", last_day, "kind", of=Sum("pence")))
    pounds: declaring.Counts = Counter({key: round(number / 100) for key, number in pence.items()})
    titles = declaring.measures(pounds=_("Pounds"), payments=_("Payments"))
    payments = declaring.with_all(declaring.count_instants(paid, "confirmed_at", last_day, "kind"))
    return declaring.release_table(
        "recovered",
        CountedThing.CASES,
        title=_("Money recovered for workers"),
        about=_(
            "Money that businesses paid to workers after a visit, in whole pounds, once a second person had seen that it was "
            "paid. Because each sum is rounded, the kinds may not add up to the total."
        ),
        dimensions=(quarter, kinds),
        measures=titles,
        units={"pounds": "pounds", "payments": "payments"},
        rows=declaring.rows_of((quarter, kinds), pounds, payments),
    )


def _enforcement(last_day: date, quarter: Dimension) -> ReleaseTable:
    cases, undertakings = UnlicensedCase.objects.all(), Undertaking.objects.all()
    columns = (
        declaring.count_instants(cases, "opened_at", last_day),
        declaring.count_instants(cases.filter(outcome=CaseOutcome.PROSECUTION), "approved_at", last_day),
        declaring.count_days(cases.filter(result=CaseResult.CONVICTED), "result_on", last_day),
        declaring.count_instants(UserNotice.objects.all(), "at", last_day),
        declaring.count_days(undertakings, "starts_on", last_day),
        declaring.count_days(undertakings, "order_starts_on", last_day),
        declaring.count_instants(UnderpaymentNotice.objects.all(), "served_at", last_day),
    )
    titles = declaring.measures(
        opened=_("Cases of supply without a licence opened"),
        referred=_("Referred to the prosecutor"),
        convicted=_("Convicted"),
        notices=_("Notices and warnings to labour users"),
        undertakings=_("Undertakings begun"),
        orders=_("Orders of a court begun"),
        underpayment=_("Notices of underpayment served"),
    )
    return declaring.release_table(
        "enforcement",
        CountedThing.CASES,
        title=_("Enforcement"),
        about=_("What we did about supply without a licence and about underpayment, in the quarter."),
        dimensions=(quarter,),
        measures=titles,
        unit="cases",
        rows=declaring.rows_of((quarter,), *columns),
    )
