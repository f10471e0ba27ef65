"""The menu of staff: pages for cases, from applications to enforcement."""

from django.utils.translation import gettext_lazy as _

from compliance.bulletins.states import READS as READS_BULLETINS
from compliance.danger.states import ON_DUTY
from compliance.enforcement import lists as enforcement
from compliance.follow_ups import lists as follow_ups
from compliance.hand_overs import lists as hand_overs
from compliance.inspections import lists as inspections
from compliance.intelligence import lists as intelligence
from compliance.intelligence.queries import intelligence as intelligence_queries
from compliance.reports import lists as reports
from compliance.reports.queries import reports as reports_queries
from compliance.safeguarding import lists as safeguarding
from compliance.sharing_requests import lists as guarded_sharing
from compliance.targeting import lists as targeting
from config.queries.menu_entries import MenuEntry, MenuGroup, list_entry
from licensing.appeals import lists as appeals
from licensing.applications.queries import applications
from licensing.cases import lists as cases
from licensing.checks import lists as checks
from licensing.conditions import lists as conditions
from licensing.decisions import lists as decisions
from licensing.due_dates import lists as due_dates
from licensing.findings import lists as findings
from licensing.holding import lists as holding
from licensing.licences import lists as licences
from licensing.messages import lists as messages
from licensing.payments.queries import statements
from licensing.phoenix_matches import lists as phoenix_matches
from licensing.watchlist_matches import lists as watchlist_matches
from registry.editions.states import REVIEWS
from registry.organisations.lists import ORGANISATIONS

CASES = (
    MenuGroup(
        _("Safeguarding"),
        (
            MenuEntry(
                _("Someone is in danger"),
                _("What to do now, and which numbers to ring"),
                "danger",
                frozenset({"compliance.prepare_referral", "compliance.read_referrals", "registry.be_on_duty"}),
            ),
            MenuEntry(_("Duty rota"), _("Who is alerted when someone is in danger"), "rota", frozenset({ON_DUTY})),
            list_entry(safeguarding.REFERRALS),
        ),
    ),
    MenuGroup(
        _("Applications and checks"),
        (
            list_entry(cases.APPLICATIONS, is_beside=True),
            list_entry(checks.PARTNER_CHECKS),
            list_entry(checks.CHECKS, is_beside=True),
            list_entry(phoenix_matches.LOOK_ALIKES),
            list_entry(watchlist_matches.WATCHLIST_MATCHES),
            list_entry(messages.MESSAGES, "licensing.ask_applicant", "licensing.assign_application"),
            MenuEntry(
                _("Paper applications"),
                _("Enter an application that arrived on paper"),
                "enter_paper_application",
                frozenset({"licensing.enter_paper_application"}),
                waiting=lambda user, at: applications.paper_drafts().count(),
            ),
            MenuEntry(
                _("Bank statements"),
                _("Payments received and unmatched payments"),
                "statements",
                frozenset({"licensing.record_payment"}),
                waiting=lambda user, at: statements.waiting_lines().count(),
            ),
        ),
    ),
    MenuGroup(
        _("Decisions and licences"),
        (
            list_entry(decisions.DECISIONS, is_beside=True),
            list_entry(findings.FINDINGS),
            list_entry(appeals.APPEALS),
            list_entry(holding.TRANSFERS),
            list_entry(conditions.CONDITIONS),
            list_entry(holding.CHANGES),
            list_entry(due_dates.DATES_DUE),
            list_entry(licences.LICENCES, is_beside=True),
            list_entry(ORGANISATIONS),
        ),
    ),
    MenuGroup(
        _("Inspections and follow-up"),
        (
            list_entry(inspections.INSPECTIONS, is_beside=True),
            list_entry(follow_ups.FOLLOW_UPS),
            list_entry(follow_ups.REMEDIES),
            list_entry(targeting.SCORES),
            MenuEntry(
                _("Does it work?"),
                _("What followed after conditions, warnings, visits and other measures"),
                "prevention",
                frozenset({"compliance.view_scores", REVIEWS}),
            ),
            MenuEntry(
                _("Does targeting work?"),
                _("What visits found, by how they were chosen"),
                "evaluation",
                frozenset({REVIEWS}),
            ),
            MenuEntry(
                _("Campaigns"),
                _("Campaigns to plan and approve, and how many came by each"),
                "campaigns",
                frozenset({"registry.plan_campaigns", REVIEWS}),
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
            list_entry(reports.REPORTS, is_beside=True),
            list_entry(hand_overs.HAND_OVERS),
            list_entry(guarded_sharing.GUARDED_SHARINGS),
            MenuEntry(
                _("Report deadlines"),
                _("Number of open and late reports, without their content"),
                "report_clocks",
                frozenset({"compliance.count_reports"}),
                waiting=lambda user, at: reports_queries.reports_undecided(),
            ),
            list_entry(intelligence.INTELLIGENCE),
            MenuEntry(
                _("Signs and methods"),
                _("How each sign of forced labour looks, what to do, and who to tell"),
                "signs",
                frozenset(
                    {"compliance.handle_reports", "compliance.report_inspection", "compliance.receive_intelligence"}
                ),
            ),
            MenuEntry(
                _("Bulletins for other authorities"),
                _("Monthly bulletins of patterns: write, release, and see who read them"),
                "bulletins",
                frozenset(READS_BULLETINS),
            ),
            MenuEntry(
                _("Bulletins of patterns"),
                _("Monthly bulletins that your authority reads under an agreement"),
                "partner_bulletins",
                frozenset({"registry.read_shared_statistics"}),
            ),
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
                waiting=lambda user, at: intelligence_queries.waiting_for_partner(user),
            ),
        ),
    ),
    MenuGroup(
        _("Enforcement"),
        (
            list_entry(enforcement.UNLICENSED),
            list_entry(enforcement.UNDERTAKINGS),
            list_entry(enforcement.UNDERPAYMENTS),
        ),
    ),
)
