"""What the page of one application, decision or licence shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import OPEN as OPEN_INSPECTIONS
from compliance.inspections.models import Inspection
from licensing.applications.models import Application
from licensing.applications.queries.applications import scheme_of
from licensing.applications.queries.history import events_of
from licensing.conditions import rules as condition_rules
from licensing.conditions.queries.conditions import ConditionDetail, conditions_shown, to_come
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import ProposedCondition
from licensing.decisions.queries.readiness import readiness
from licensing.decisions.queries.standards import InspectionSummary, seen_of
from licensing.decisions.queries.to_propose import Move, moves_to_propose
from licensing.decisions.rules import proposals as decision_rules
from licensing.decisions.rules.proposals import Readiness
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import ON_TRANSFERS
from licensing.holding.models import Transfer
from licensing.inspections import rules as case_rules
from licensing.inspections.queries import inspections_of
from licensing.letters.queries import letters_of
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.register.models import Entry
from registry.register.states import Standing as RegisterStanding
from registry.schemes import said
from registry.steps import Button
from registry.trail.queries.history import TimelineEvent

# --- licences


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One condition of a licence, and what this person may do about it."""

    shown: ConditionDetail
    moves: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class LicenceFile:
    """All that the staff's page of one licence shows."""

    licence: Licence
    scheme_title: str
    entry: Entry | None
    standing: RegisterStanding | None
    sectors: tuple[str, ...]
    countries: tuple[str, ...]
    moves: tuple[Button, ...]
    conditions: tuple[ConditionRow, ...]
    failed: tuple[Condition, ...]
    to_come: tuple[ProposedCondition, ...]
    inspections: tuple[Inspection, ...]
    seen: InspectionSummary | None
    decisions: tuple[Decision, ...]
    transfers: tuple[Transfer, ...]
    applications: tuple[Application, ...]
    letters: tuple[Letter, ...]
    events: tuple[TimelineEvent, ...]


def licence_file(licence: Licence, *, by: User, on: date) -> LicenceFile:
    scheme = scheme_of(licence)
    language = get_language()
    about_it = licence.decisions.open_to(by).select_related("proposed_by", "decided_by")
    decisions = tuple(about_it.order_by("-proposed_at"))
    conditions = conditions_shown(licence)
    ready = readiness(licence)
    transfers = tuple(licence.transfers.open_to(by).select_related("application", "became").order_by("-pk"))
    applications = tuple(licence.applications.order_by("-submitted_at"))
    entry = Entry.objects.filter(listing=licence.listing, shown_until=None).standing_on(on).first()
    return LicenceFile(
        licence=licence,
        scheme_title=said(scheme.title, language),
        entry=entry,
        standing=RegisterStanding(entry.standing) if entry else None,
        sectors=tuple(said(scheme.sector(code).title, language) for code in licence.sectors),
        countries=tuple(said(scheme.nation(code).title, language) for code in licence.countries_supplied),
        moves=tuple(_moves_of_licence(licence, ready, transfers, by=by, on=on)),
        conditions=tuple(
            ConditionRow(one, tuple(_moves_of_condition(licence, one, ready, by=by, on=on))) for one in conditions
        ),
        failed=_still_to_follow(licence, [one.condition for one in conditions], decisions),
        to_come=tuple(to_come(licence)),
        inspections=tuple(inspections_of(licence)),
        seen=seen_of(licence),
        decisions=decisions,
        transfers=transfers,
        applications=applications,
        letters=tuple(letters_of(licence, *applications)),
        events=events_of(
            ("licence", licence.number),
            *(("decision", decision.reference) for decision in decisions),
            *(("condition", row.condition.reference) for row in conditions),
            *(("transfer", one.reference) for one in transfers),
        ),
    )


def _moves_of_licence(
    licence: Licence, ready: Readiness, transfers: tuple[Transfer, ...], *, by: User, on: date
) -> Iterator[Button]:
    """What this person may do about a licence; of one that has run out nothing can be suspended, revoked or visited."""
    commission = tuple(case_rules.commission_blockers(licence, inspections_open=ready.inspections_open))
    of, is_suspended = (licence.number,), licence.suspended_until is not None
    rows: list[Move] = [
        (
            "commission_for_licence",
            "compliance.commission_inspection",
            _("Commission an inspection"),
            of,
            "",
            commission,
        ),
        *moves_to_propose((DecisionKind.LIFT,) if is_suspended else (), licence, ready),
        *moves_to_propose((DecisionKind.IMPOSE, DecisionKind.SUSPEND, DecisionKind.REVOKE), licence, ready),
        ("change_numbers", "registry.end_licence", _("Change the holder’s numbers"), of, "secondary", ()),
        *moves_to_propose(ON_TRANSFERS if ready.transfer in transfers else (), licence, ready),
    ]
    for name, codename, title, arguments, style, blockers in rows:
        can_be_done = licence.status == "active" and (not licence.has_run_out(on) or name in AFTER_ITS_TERM)
        if can_be_done and by.has_perm(codename):
            yield Button(name, title, reverse(name, args=arguments), style, blockers)


def _moves_of_condition(
    licence: Licence, shown: ConditionDetail, ready: Readiness, *, by: User, on: date
) -> Iterator[Button]:
    """What this person may do about an open condition; what is not possible now says why."""
    condition = shown.condition
    if condition.status != ConditionStatus.OPEN or licence.status != LicenceStatus.ACTIVE or licence.has_run_out(on):
        return
    open_visits = sum(one.status in OPEN_INSPECTIONS for one in shown.visits)
    of = (licence.number, condition.reference)
    visit = tuple(condition_rules.visit_blockers(condition, open_visits=open_visits))
    rows: list[Move] = [
        ("check_condition", "licensing.record_check", _("Check it at the desk"), of, "", ()),
        ("visit_condition", "compliance.commission_inspection", _("Have it visited"), of, "", visit),
        *moves_to_propose(ABOUT_CONDITIONS, licence, ready, condition=condition),
    ]
    for name, codename, title, arguments, _style, blockers in rows:
        if name == "propose_fail":
            blockers = (*blockers, *decision_rules.due_blockers(condition, today=on))
        if by.has_perm(codename):
            yield Button(name, title, reverse(name, args=arguments), "", blockers)


# In the order of the buttons.
ABOUT_CONDITIONS = (DecisionKind.DISCHARGE, DecisionKind.EXTEND, DecisionKind.VARY, DecisionKind.FAIL)


#: What is about the holder and not about its licence, so that it can be done when the licence has run out.
AFTER_ITS_TERM = frozenset({"change_numbers"})


def _still_to_follow(
    licence: Licence, conditions: Iterable[Condition], decisions: Iterable[Decision]
) -> tuple[Condition, ...]:
    """Conditions that were found failed, and nothing has been proposed about the licence since: the next step is to propose it."""
    if licence.status != LicenceStatus.ACTIVE or licence.revoked_from is not None:
        return ()
    followed = [timezone.localdate(one.proposed_at) for one in decisions if one.row.takes_licence]
    last = max(followed, default=None)
    failed = (one for one in conditions if one.status == ConditionStatus.FAILED and one.closed_on)
    return tuple(one for one in failed if last is None or (one.closed_on and last < one.closed_on))
