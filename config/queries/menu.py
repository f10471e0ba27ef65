"""The menu of staff: every page that they start from, in groups, for those who may open it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.enforcement import lists as enforcement
from compliance.follow_ups import lists as follow_ups
from compliance.inspections import lists as inspections
from compliance.intelligence import lists as intelligence
from compliance.intelligence.queries import intelligence as intelligence_queries
from compliance.reports import lists as reports
from compliance.reports.queries import reports as reports_queries
from compliance.safeguarding import lists as safeguarding
from licensing.appeals import lists as appeals
from licensing.applications.queries import applications
from licensing.cases import lists as cases
from licensing.checks import lists as checks
from licensing.conditions import lists as conditions
from licensing.decisions import lists as decisions
from licensing.due_dates import lists as due_dates
from licensing.holding import lists as holding
from licensing.licences import lists as licences
from licensing.messages import lists as messages
from licensing.payments.queries import statements
from licensing.phoenix_matches import lists as phoenix_matches
from registry.accounts.models import User
from registry.holidays import queries as holidays
from registry.letters import queries as letters
from registry.outbox import queries as outbox
from registry.worklists import WorkList


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page of the staff: its name in the addresses, and who may open it.

    `is_beside`: there is a link to it beside the menu, too. `waiting` counts what waits on it where no task says so.
    """

    title: str | Promise
    about: str | Promise
    url_name: str
    permissions: frozenset[str]
    is_beside: bool = False
    waiting: Callable[[User, datetime], int] | None = None


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Pages that belong together, under one heading."""

    title: str | Promise
    entries: tuple[MenuEntry, ...]


def _entry(work_list: WorkList, *whose: str, is_beside: bool = False) -> MenuEntry:
    """A list that is declared; for those of these permissions, where not all who see the list work with it."""
    permissions = frozenset(whose or work_list.permissions)
    return MenuEntry(work_list.title, work_list.about, work_list.name, permissions, is_beside)


def _calendars_ending(user: User, at: datetime) -> int:
    """How many calendars of bank holidays end within a year, for those who enter them."""
    ending = holidays.holidays_end(timezone.localdate(at))
    return len(ending) if user.has_perm("registry.edit_holidays") else 0


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
            _entry(safeguarding.REFERRALS),
        ),
    ),
    MenuGroup(
        _("Applications and checks"),
        (
            _entry(cases.APPLICATIONS, is_beside=True),
            MenuEntry(
                _("Checks put to us"),
                _("Checks for your authority to answer"),
                "partner_checks",
                frozenset({"licensing.answer_checks"}),
            ),
            _entry(checks.CHECKS, is_beside=True),
            _entry(phoenix_matches.LOOK_ALIKES),
            _entry(messages.MESSAGES, "licensing.ask_applicant", "licensing.assign_application"),
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
            _entry(decisions.DECISIONS, is_beside=True),
            _entry(appeals.APPEALS),
            _entry(holding.TRANSFERS),
            _entry(conditions.CONDITIONS),
            _entry(holding.CHANGES),
            _entry(due_dates.DATES_DUE),
            _entry(licences.LICENCES, is_beside=True),
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
            _entry(inspections.INSPECTIONS, is_beside=True),
            _entry(follow_ups.FOLLOW_UPS),
            _entry(follow_ups.REMEDIES),
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
            _entry(reports.REPORTS, is_beside=True),
            MenuEntry(
                _("Report deadlines"),
                _("Number of open and late reports, without their content"),
                "report_clocks",
                frozenset({"compliance.count_reports"}),
                waiting=lambda user, at: reports_queries.reports_undecided(),
            ),
            _entry(intelligence.INTELLIGENCE),
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
            _entry(enforcement.UNLICENSED),
            _entry(enforcement.UNDERTAKINGS),
            _entry(enforcement.UNDERPAYMENTS),
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
                waiting=lambda user, at: outbox.undelivered({}, by=user, at=at).how_many(),
            ),
            MenuEntry(
                _("Letters to post"),
                _("Letters to print and post to organisations without an email address"),
                "letters_to_post",
                frozenset({"registry.post_letters"}),
                waiting=lambda user, at: letters.to_post_count(),
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
                waiting=_calendars_ending,
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
class OpenEntry:
    """`is_here`: the page that is open is this one or one below it."""

    title: str | Promise
    about: str | Promise
    href: str
    is_beside: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class OpenGroup:
    title: str | Promise
    entries: list[OpenEntry]


@dataclass(frozen=True, slots=True)
class Menu:
    groups: list[OpenGroup]

    @property
    def beside(self) -> list[OpenEntry]:
        """The links beside the menu."""
        return [entry for group in self.groups for entry in group.entries if entry.is_beside]


def open_menu(user: User, path: str) -> Menu:
    """The pages that this person may open, group by group, as the page at this path shows them; no empty group."""
    open_to = [(group, [entry for entry in group.entries if _is_open(entry, user)]) for group in GROUPS]
    addresses = [reverse(entry.url_name) for _group, entries in open_to for entry in entries]
    here = max(filter(path.startswith, addresses), key=len, default="")
    return Menu(
        [OpenGroup(group.title, [_opened(one, here) for one in entries]) for group, entries in open_to if entries]
    )


def waiting_beside_tasks(user: User, at: datetime) -> Iterator[tuple[MenuEntry, int]]:
    """The pages of this person on which something waits of which no task says so, each with how much."""
    for entry in (entry for group in GROUPS for entry in group.entries):
        if entry.waiting is not None and _is_open(entry, user) and (number := entry.waiting(user, at)):
            yield entry, number


def _is_open(entry: MenuEntry, user: User) -> bool:
    return any(map(user.has_perm, entry.permissions))


def _opened(entry: MenuEntry, here: str) -> OpenEntry:
    href = reverse(entry.url_name)
    return OpenEntry(entry.title, entry.about, href, entry.is_beside, href == here)
