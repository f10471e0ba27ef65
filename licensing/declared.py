"""Every list and every step of licensing that is declared once; each is in its room."""

from licensing.appeals import lists as appeals
from licensing.appeals import steps as appeal_steps
from licensing.cases import lists as cases
from licensing.cases import steps as case_steps
from licensing.checks import lists as checks
from licensing.checks import steps as check_steps
from licensing.conditions import lists as conditions
from licensing.conditions import steps as condition_steps
from licensing.correspondence import steps as correspondence_steps
from licensing.decisions import lists as decisions
from licensing.decisions.steps import decisions as decision_steps
from licensing.decisions.steps import public_reasons as reason_steps
from licensing.dossiers import steps as dossier_steps
from licensing.due_dates import lists as due_dates
from licensing.findings import lists as findings
from licensing.findings import steps as finding_steps
from licensing.holding import lists as holding
from licensing.holding import steps as holding_steps
from licensing.inspections import steps as inspection_steps
from licensing.insurances import steps as insurance_steps
from licensing.letters import steps as letter_steps
from licensing.licences import lists as licences
from licensing.licences import steps as licence_steps
from licensing.messages import lists as messages
from licensing.overrides import steps as override_steps
from licensing.payments import steps as payment_steps
from licensing.phoenix_matches import lists as phoenix_matches
from licensing.requests import steps as request_steps
from licensing.retention import steps as retention_steps
from licensing.watchlist_matches import lists as watchlist_matches
from licensing.watchlist_matches import steps as watchlist_match_steps

LISTS = (
    cases.APPLICATIONS,
    checks.CHECKS,
    checks.PARTNER_CHECKS,
    phoenix_matches.LOOK_ALIKES,
    watchlist_matches.WATCHLIST_MATCHES,
    messages.MESSAGES,
    decisions.DECISIONS,
    findings.FINDINGS,
    appeals.APPEALS,
    holding.TRANSFERS,
    conditions.CONDITIONS,
    holding.CHANGES,
    due_dates.DATES_DUE,
    licences.LICENCES,
)


STEPS = (
    decision_steps.DECISION,
    decision_steps.REVIEW,
    reason_steps.PUBLIC_REASON,
    reason_steps.REASON_CORRECTION,
    appeal_steps.APPEAL,
    holding_steps.CHANGE,
    insurance_steps.PROOF,
    insurance_steps.LICENCE_INSURANCE,
    check_steps.CHECK,
    check_steps.CASE_CHECKS,
    request_steps.ASKING,
    request_steps.REQUEST,
    dossier_steps.DOSSIER,
    finding_steps.FINDING,
    watchlist_match_steps.WATCHLIST_MATCH,
    letter_steps.CORRECTION,
    override_steps.REPLY,
    override_steps.OVERRIDE,
    override_steps.OWN_OVERRIDE,
    case_steps.CASE,
    inspection_steps.VISIT,
    inspection_steps.WAIVER,
    condition_steps.CONDITION,
    licence_steps.LICENCE,
    correspondence_steps.ENTRY,
    payment_steps.MONEY,
    payment_steps.PAYMENT,
    payment_steps.REFUND,
    retention_steps.BATCH,
)
