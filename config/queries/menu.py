"""The doors of the staff home, in groups, and how much waits behind each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.enforcement import lists as enforcement
from compliance.follow_ups import lists as follow_ups
from compliance.hand_overs import lists as hand_overs
from compliance.inspections import lists as inspections
from compliance.intelligence import lists as intelligence
from compliance.intelligence.queries import intelligence as intelligence_queries
from compliance.reports import lists as reports
from compliance.reports.queries import reports as compliance
from compliance.safeguarding import lists as safeguarding
from licensing.appeals import lists as appeals
from licensing.applications.queries import applications
from licensing.cases import lists as cases
from licensing.checks import lists as checks
from licensing.checks.queries import askings
from licensing.conditions import lists as conditions
from licensing.decisions import lists as decisions
from licensing.due_dates import lists as due_dates
from licensing.findings import lists as findings
from licensing.holding import lists as holding
from licensing.licences import lists as licences
from licensing.messages import lists as messages
from licensing.payments.queries import statements
from licensing.phoenix_matches import lists as phoenix_matches
from registry.accounts.models import User
from registry.holidays import queries as holiday_queries
from registry.letters import queries as registry
from registry.outbox import queries as outbox
from registry.worklists import WorkList


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page of the staff: its name in the addresses, who may open it, and what to count for them."""

    title: str | Promise
    about: str | Promise
    url_name: str
    permissions: frozenset[str]
    waiting: Callable[[User, date], int] | None = None


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Doors that belong together, under one heading."""

    title: str | Promise
    doors: tuple[MenuEntry, ...]


@dataclass(frozen=True, slots=True)
class OpenEntry:
    title: str | Promise
    about: str | Promise
    href: str
    waiting: int | None


def _door(work_list: WorkList, *whose: str) -> MenuEntry:
    """The door of a list that is declared; for those of these permissions, where not all who see the list work with it."""
    permissions = frozenset(whose or work_list.permissions)
    return MenuEntry(work_list.title, work_list.about, work_list.name, permissions, work_list.waiting)


GROUPS = (
    MenuGroup(
        _("Safeguarding"),
        (
            MenuEntry(
                _("Someone is in danger"),
                _("What to do now, and which numbers to ring"),
                "danger",
                frozenset({"compliance.prepare_referral", "compliance.read_referrals"}),
            ),
            _door(safeguarding.REFERRALS),
        ),
    ),
    MenuGroup(
        _("Applications and checks"),
        (
            _door(cases.APPLICATIONS),
            MenuEntry(
                _("Checks put to us"),
                _("Checks for your authority to answer"),
                "partner_checks",
                frozenset({"licensing.answer_checks"}),
                askings.put_waiting_for,
            ),
            _door(checks.CHECKS),
            _door(phoenix_matches.LOOK_ALIKES),
            _door(messages.MESSAGES, "licensing.ask_applicant", "licensing.assign_application"),
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
            _door(decisions.DECISIONS),
            _door(findings.FINDINGS),
            _door(appeals.APPEALS),
            _door(holding.TRANSFERS),
            _door(conditions.CONDITIONS),
            _door(holding.CHANGES),
            _door(due_dates.DATES_DUE),
            _door(licences.LICENCES),
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
            _door(inspections.INSPECTIONS),
            _door(follow_ups.FOLLOW_UPS),
            _door(follow_ups.REMEDIES),
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
            _door(reports.REPORTS),
            _door(hand_overs.HAND_OVERS),
            MenuEntry(
                _("Report deadlines"),
                _("Number of open and late reports, without their content"),
                "report_clocks",
                frozenset({"compliance.count_reports"}),
                lambda user, today: compliance.reports_undecided(),
            ),
            _door(intelligence.INTELLIGENCE),
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
            _door(enforcement.UNLICENSED),
            _door(enforcement.UNDERTAKINGS),
            _door(enforcement.UNDERPAYMENTS),
        ),
    ),
    MenuGroup(
        _("Letters and post"),
        (
            MenuEntry(
                _("Messages that could not be delivered"),
                _("Emails, text messages and webhook posts that were given up, to send again"),
                "undelivered",
                frozenset({"registry.send_again"}),
                lambda user, today: outbox.undelivered_count(),
            ),
            MenuEntry(
                _("Letters to post"),
                _("Letters to print and post to organisations without an email address"),
                "letters_to_post",
                frozenset({"registry.post_letters"}),
                lambda user, today: registry.to_post_count(),
            ),
            MenuEntry(
                _("Letter templates"),
                _("Every letter of this service: who gets it, and how it reads in each version and language"),
                "letter_kinds",
                frozenset({"registry.preview_packs"}),
            ),
        ),
    ),
    MenuGroup(
        _("Figures and trail"),
        (
            MenuEntry(
                _("Figures"),
                _("Backlog, times against targets, decisions, conditions and workload"),
                "figures",
                frozenset({"licensing.view_figures"}),
            ),
            MenuEntry(
                _("Public statistics"),
                _("Inspections, findings and reports by quarter, without small numbers"),
                "counts",
                frozenset({"compliance.view_counts"}),
            ),
            MenuEntry(
                _("Trail"),
                _("Every action by person and time, with proof that no record was changed"),
                "trail",
                frozenset({"registry.read_trail"}),
            ),
            MenuEntry(
                _("Who saw this?"),
                _("Staff who opened a report, intelligence, a source, a referral or an interview"),
                "who_saw",
                frozenset({"registry.read_trail"}),
            ),
        ),
    ),
    MenuGroup(
        _("Scheme, organisations and people"),
        (
            MenuEntry(
                _("Scheme packs"),
                _("Rules, standards, fees and letters of each scheme, now and in the future"),
                "packs",
                frozenset({"registry.preview_packs"}),
            ),
            MenuEntry(
                _("Bank holidays"),
                _("Bank holidays in each part of the United Kingdom, used to count working days"),
                "holidays",
                frozenset({"registry.view_holidays"}),
                lambda user, today: (
                    len(holiday_queries.holidays_end(today)) if user.has_perm("registry.edit_holidays") else 0
                ),
            ),
            MenuEntry(
                _("Premises"),
                _("Places where workers may be supplied, and the providers that supply there"),
                "premises",
                frozenset({"registry.view_premises"}),
            ),
            MenuEntry(
                _("Conflicts of interest"),
                _("Staff excluded from a case, and why"),
                "conflicts",
                # Whoever has to do with cases; the page itself is open to all who work for the authority.
                frozenset({"registry.view_licences", "compliance.view_inspections", "compliance.view_own_inspections"}),
            ),
            MenuEntry(
                _("Other authorities"),
                _("Authorities that we ask about applicants, and their contacts"),
                "agencies",
                frozenset({"registry.manage_agencies"}),
            ),
            MenuEntry(
                _("People"),
                _("People with access, and their roles"),
                "people",
                frozenset({"registry.manage_people"}),
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class OpenGroup:
    title: str | Promise
    doors: list[OpenEntry]


def open_menu(user: User, *, today: date) -> list[OpenGroup]:
    """The doors that this person may open, group by group, with how much waits for them behind each; no empty group."""
    groups = [
        OpenGroup(group.title, [_opened(door, user, today) for door in group.doors if _is_open(door, user)])
        for group in GROUPS
    ]
    return [group for group in groups if group.doors]


def _is_open(door: MenuEntry, user: User) -> bool:
    return any(map(user.has_perm, door.permissions))


def _opened(door: MenuEntry, user: User, today: date) -> OpenEntry:
    waiting = door.waiting(user, today) if door.waiting else None
    return OpenEntry(door.title, door.about, reverse(door.url_name), waiting)
