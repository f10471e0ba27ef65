"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.models import Appeal, Application, Change, Check, Decision, LookAlike, Transfer
from licensing.queries.checks import title_of
from licensing.states import TURN_IN_LISTS
from registry.filtersets import Column
from registry.licences.models import Condition, Licence


def application_columns() -> list[Column[Application]]:
    return [
        Column(_("Application"), lambda row: row.reference),
        Column(_("Organisation"), lambda row: row.organisation.legal_name),
        Column(_("Scheme"), lambda row: row.scheme),
        Column(_("Renews licence"), lambda row: row.renews.number if row.renews else ""),
        Column(_("Handed in"), lambda row: row.submitted_at),
        Column(_("Age in working days"), lambda row: row.age),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Waiting for"), _turns),
        Column(_("Case officer"), lambda row: row.case_officer),
        Column(_("Fee still to pay"), lambda row: row.still_to_pay),
        Column(_("Open checks"), lambda row: row.open_checks),
        Column(_("Overdue checks"), lambda row: row.overdue_checks),
        Column(_("Messages not read"), lambda row: row.unread_messages),
        Column(_("Closed"), lambda row: row.closed_at),
    ]


def _turns(row: Application) -> str:
    return gettext(" and ").join(str(TURN_IN_LISTS[turn]) for turn in row.turns)


def check_columns(on: date) -> list[Column[Check]]:
    """Who was asked, when, and what is the matter. What was replied is not among it, whoever asks."""
    return [
        Column(_("Check"), lambda row: row.reference),
        Column(_("Case"), lambda row: row.case.reference),
        Column(_("Organisation"), lambda row: row.organisation.legal_name),
        Column(_("What is checked"), title_of),
        Column(_("Authority"), lambda row: row.agency),
        Column(_("About"), lambda row: row.subject),
        Column(_("Sent"), lambda row: row.sent_on),
        Column(_("Due"), lambda row: row.due_on),
        Column(_("Reminders"), lambda row: sum(one.kind == "chaser" for one in row.askings.all())),
        Column(_("Overdue"), lambda row: row.is_overdue(on)),
        Column(_("Reply"), lambda row: row.get_result_display() if row.result else ""),
        Column(_("Day of the reply"), lambda row: row.replied_on),
    ]


def decision_columns() -> list[Column[Decision]]:
    return [
        Column(_("Decision"), lambda row: row.reference),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Immediate"), lambda row: row.immediate),
        Column(_("Organisation"), lambda row: row.organisation.legal_name),
        Column(_("About"), lambda row: row.subject.reference),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Proposed"), lambda row: row.proposed_at),
        Column(_("Proposed by"), lambda row: row.proposed_by),
        Column(_("Notified"), lambda row: row.notified_at),
        Column(_("Reply by"), lambda row: row.reply_by),
        Column(_("Decided"), lambda row: row.decided_at),
        Column(_("Decided by"), lambda row: row.decided_by),
        Column(_("Appeal by"), lambda row: row.appeal_by),
    ]


def date_columns() -> list[Column[Any]]:
    return [
        Column(_("Day"), lambda row: row.due_on),
        Column(_("Working days left"), lambda row: row.left),
        Column(_("What"), lambda row: row.what),
        Column(_("Rule"), lambda row: f"{row.rule} {row.law}".strip()),
        Column(_("Organisation"), lambda row: row.about),
        Column(_("Who must act"), lambda row: row.turn),
        Column(_("Who sees to it"), _officer_of),
    ]


def appeal_columns() -> list[Column[Appeal]]:
    return [
        Column(_("Appeal"), lambda row: row.reference),
        Column(_("Number of the secretariat"), lambda row: row.number),
        Column(_("Organisation"), lambda row: row.organisation.legal_name),
        Column(_("Decision"), lambda row: row.decision.reference),
        Column(_("Kind"), lambda row: row.decision.get_kind_display()),
        Column(_("Immediate"), lambda row: row.decision.immediate),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Received"), lambda row: row.received_on),
        Column(_("Reply by"), lambda row: row.reply_by),
        Column(_("Replied on"), lambda row: row.replied_on),
        Column(_("Barred since"), lambda row: row.barred_on),
        Column(_("Hearing"), lambda row: row.hearing_on),
        Column(_("Outcome"), lambda row: row.get_outcome_display()),
        Column(_("Ended on"), lambda row: row.ended_on),
        Column(_("Holds from"), lambda row: row.effect_on),
    ]


def transfer_columns() -> list[Column[Transfer]]:
    return [
        Column(_("Transfer"), lambda row: row.reference),
        Column(_("Licence"), lambda row: row.licence.number),
        Column(_("Holder"), lambda row: row.licence.organisation.legal_name),
        Column(_("The other business"), lambda row: row.to_name),
        Column(_("Application"), lambda row: row.application.reference if row.application else ""),
        Column(_("Asked for"), lambda row: row.asked_at),
        Column(_("Asked for from"), lambda row: row.from_day),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Licence of the other business"), lambda row: row.became.number if row.became else ""),
    ]


def change_columns(titles: dict[str, str]) -> list[Column[Change]]:
    return [
        Column(_("Reference"), lambda row: row.reference),
        Column(_("Licence"), lambda row: row.licence.number),
        Column(_("Holder"), lambda row: row.licence.organisation.legal_name),
        Column(_("What has changed"), lambda row: titles.get(row.kind, row.kind)),
        Column(_("Told on"), lambda row: row.told_at),
        Column(_("Days late"), lambda row: row.days_late),
        Column(_("Open checks"), lambda row: row.open_checks),  # type: ignore[attr-defined]
        Column(_("Status"), lambda row: row.get_status_display()),
    ]


def condition_columns(today: date) -> list[Column[Condition]]:
    return [
        Column(_("Condition"), lambda row: row.reference),
        Column(_("Licence"), lambda row: row.licence.number),
        Column(_("Holder"), lambda row: row.licence.organisation.legal_name),
        Column(_("Standard"), lambda row: row.standard),
        Column(_("What must be put right"), lambda row: row.requirement),
        Column(_("Imposed on"), lambda row: row.imposed_on),
        Column(_("To be met by"), lambda row: row.due_on),
        Column(_("Overdue"), lambda row: row.status == "open" and row.due_on < today),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Closed"), lambda row: row.closed_on),
        Column(_("Proposed by"), lambda row: row.officer),  # type: ignore[attr-defined]
    ]


def licence_columns(today: date) -> list[Column[Licence]]:
    return [
        Column(_("Number"), lambda row: row.number),
        Column(_("Holder"), lambda row: row.organisation.legal_name),
        Column(_("Scheme"), lambda row: row.scheme),
        Column(_("From"), lambda row: row.valid_from),
        Column(_("Last day"), lambda row: row.last_day),
        Column(_("Run out"), lambda row: row.valid_until < today),
        Column(_("Suspended from"), lambda row: row.suspended_from),
        Column(_("Suspended until"), lambda row: row.suspended_until),
        Column(_("Revoked from"), lambda row: row.revoked_from),
        Column(_("Revoked, under appeal since"), lambda row: row.appealed_from),
        Column(_("Surrendered from"), lambda row: row.surrendered_from),
        Column(_("Ended from"), lambda row: row.ended_from),
        Column(_("Open conditions"), lambda row: row.open_conditions),  # type: ignore[attr-defined]
        Column(_("Status"), lambda row: row.held_as(today).label),
    ]


def _officer_of(row: Any) -> Any:
    """As the list of look-alikes annotates it."""
    return row.officer


def look_alike_columns() -> list[Column[LookAlike]]:
    return [
        Column(_("Reference"), lambda row: row.reference),
        Column(_("Applicant or holder"), lambda row: row.organisation.legal_name),
        Column(_("Is like"), lambda row: row.other.legal_name),
        Column(_("Points"), lambda row: row.points),
        Column(_("Strong"), lambda row: row.is_strong),
        Column(_("Found"), lambda row: row.found_at),
        Column(_("Age in working days"), lambda row: row.age),
        Column(_("Case officer"), _officer_of),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Judged by"), lambda row: row.closed_by),
    ]
