"""The menu of the staff home: pages for cases, from applications to enforcement."""

from django.utils.translation import gettext_lazy as _

from compliance.enforcement import lists as enforcement
from compliance.follow_ups import lists as follow_ups
from compliance.inspections import lists as inspections
from compliance.intelligence import lists as intelligence
from compliance.intelligence.queries import intelligence as intelligence_queries
from compliance.reports import lists as reports
from compliance.reports.queries import reports as compliance
from compliance.safeguarding import lists as safeguarding
from config.queries.menu_entries import MenuEntry, MenuGroup, door
from licensing.appeals import lists as appeals
from licensing.applications.queries import applications
from licensing.cases import lists as cases
from licensing.checks import lists as checks
from licensing.checks.queries import askings
from licensing.conditions import lists as conditions
from licensing.decisions import lists as decisions
from licensing.due_dates import lists as due_dates
from licensing.holding import lists as holding
from licensing.licences import lists as licences
from licensing.messages import lists as messages
from licensing.payments.queries import statements
from licensing.phoenix_matches import lists as phoenix_matches

CASES = (
    MenuGroup(
        _("Safeguarding"),
        (
            MenuEntry(
                _("Someone is in danger"),
                _("What to do now, and which numbers to ring"),
                "danger",
                frozenset({"compliance.prepare_referral", "compliance.read_referrals"}),
            ),
            door(safeguarding.REFERRALS),
        ),
    ),
    MenuGroup(
        _("Applications and checks"),
        (
            door(cases.APPLICATIONS),
            MenuEntry(
                _("Checks put to us"),
                _("Checks for your authority to answer"),
                "partner_checks",
                frozenset({"licensing.answer_checks"}),
                askings.put_waiting_for,
            ),
            door(checks.CHECKS),
            door(phoenix_matches.LOOK_ALIKES),
            door(messages.MESSAGES, "licensing.ask_applicant", "licensing.assign_application"),
            MenuEntry(
                _("Paper applications"),
                _("Enter an application that arrived on paper"),
                "enter_paper_application",
                frozenset({"licensing.enter_paper_application"}),
                lambda user, today: applications.paper_drafts().count(),
            ),
            MenuEntry(
                _("Bank statements"),
                _("Payments received and unmatched payments"),
                "statements",
                frozenset({"licensing.record_payment"}),
                lambda user, today: statements.waiting_lines().count(),
            ),
        ),
    ),
    MenuGroup(
        _("Decisions and licences"),
        (
            door(decisions.DECISIONS),
            door(appeals.APPEALS),
            door(holding.TRANSFERS),
            door(conditions.CONDITIONS),
            door(holding.CHANGES),
            door(due_dates.DATES_DUE),
            door(licences.LICENCES),
            MenuEntry(
                _("Organisations"),
                _("Every business that has applied or holds a licence"),
                "organisations",
                frozenset({"registry.view_organisations"}),
            ),
        ),
    ),
    MenuGroup(
        _("Inspections and follow-up"),
        (
            door(inspections.INSPECTIONS),
            door(follow_ups.FOLLOW_UPS),
            door(follow_ups.REMEDIES),
            MenuEntry(
                _("Choosing visits"),
                _("Licence scores and how we choose visits"),
                "scores",
                frozenset({"compliance.view_scores"}),
            ),
        ),
    ),
    MenuGroup(
        _("Reports and intelligence"),
        (
            MenuEntry(
                _("Record a report"),
                _("Record a report by telephone, post, another authority or an officer"),
                "take_report",
                frozenset({"compliance.take_reports"}),
            ),
            door(reports.REPORTS),
            MenuEntry(
                _("Report deadlines"),
                _("Number of open and late reports, without their content"),
                "report_clocks",
                frozenset({"compliance.count_reports"}),
                lambda user, today: compliance.reports_undecided(),
            ),
            door(intelligence.INTELLIGENCE),
            MenuEntry(
                _("Sources"),
                _("Sources that you handle, by pseudonym"),
                "sources",
                frozenset({"compliance.handle_sources"}),
            ),
            MenuEntry(
                _("Intelligence passed to us"),
                _("Intelligence from this authority for yours"),
                "partner_intelligence",
                frozenset({"compliance.receive_intelligence"}),
                lambda user, today: intelligence_queries.waiting_for_partner(user),
            ),
        ),
    ),
    MenuGroup(
        _("Enforcement"),
        (
            door(enforcement.UNLICENSED),
            door(enforcement.UNDERTAKINGS),
            door(enforcement.UNDERPAYMENTS),
        ),
    ),
)
