"""The menu of staff: pages for the authority itself, from letters to people."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.training import lists as training
from compliance.who_saw import lists as who_saw
from config.queries.menu_entries import MenuEntry, MenuGroup, list_entry
from registry.accounts import lists as accounts
from registry.accounts.models import User
from registry.complaints import lists as complaints
from registry.conflicts.lists import CONFLICTS
from registry.editions import lists as editions
from registry.editions.states import REVIEWS, SEES_PARTNERS
from registry.holidays import queries as holiday_queries
from registry.letters import queries as letters
from registry.material_orders import lists as material_orders
from registry.outbox.lists import UNDELIVERED
from registry.premises.lists import PREMISES
from registry.take_overs.lists import QUESTIONS
from registry.trail.lists import TRAIL
from registry.yearly_statements import lists as yearly_statements


def _calendars_ending(user: User, at: datetime) -> int:
    """How many calendars of bank holidays end within a year, for those who enter them."""
    ending = holiday_queries.holidays_end(timezone.localdate(at))
    return len(ending) if user.has_perm("registry.edit_holidays") else 0


AUTHORITY = (
    MenuGroup(
        _("Letters and post"),
        (
            list_entry(
                UNDELIVERED,
                "registry.send_again",
                waiting=lambda user, at: UNDELIVERED.query({}, user, at).how_many(),
            ),
            MenuEntry(
                _("Letters to post"),
                _("Letters to print and post to organisations without an email address"),
                "letters_to_post",
                frozenset({"registry.post_letters"}),
                waiting=lambda user, at: letters.letters_to_post(user).count(),
            ),
            MenuEntry(
                _("Record a complaint"),
                _("What someone told you about our own service, for others to answer"),
                "record_complaint",
                frozenset({"registry.record_complaints"}),
            ),
            list_entry(complaints.COMPLAINTS),
            list_entry(material_orders.MATERIAL_ORDERS),
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
                _("Who approves whose proposals"),
                _("Pairs of people who propose and approve, over 12 months, with their share"),
                "approval_pairs",
                frozenset({"licensing.view_figures"}),
            ),
            MenuEntry(
                _("Public statistics"),
                _("Inspections, findings and reports by quarter, without small numbers"),
                "counts",
                frozenset({"compliance.view_counts", REVIEWS}),
            ),
            list_entry(editions.EDITIONS),
            list_entry(yearly_statements.STATEMENTS),
            MenuEntry(
                _("Statistics shared early"),
                _("Authorities that read the statistics before the public, and who of them did"),
                "partner_agreements",
                frozenset(SEES_PARTNERS),
            ),
            MenuEntry(
                _("Statistics under agreement"),
                _("Signed statistics that your authority reads before the public"),
                "partner_editions",
                frozenset({"registry.read_shared_statistics"}),
            ),
            list_entry(TRAIL),
            list_entry(who_saw.READERS),
            MenuEntry(
                _("Personal data that we hold"),
                _("Every personal field: purpose, lawful basis, how long it is kept, and who sees it"),
                "personal_data",
                frozenset({"registry.answer_subject_access", "registry.read_trail"}),
            ),
            MenuEntry(
                _("Erasures"),
                _("What two people must agree to before it is erased, and what could not be erased"),
                "erasures",
                frozenset({"licensing.approve_erasure", "registry.read_trail"}),
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
            list_entry(PREMISES),
            # For people who work on cases; the page itself is open to all who work for the authority.
            list_entry(
                CONFLICTS, "registry.view_licences", "compliance.view_inspections", "compliance.view_own_inspections"
            ),
            MenuEntry(
                _("Absences"),
                _("Who is away, and who does their tasks"),
                "absences",
                frozenset({"registry.view_licences", "compliance.view_inspections", "compliance.view_own_inspections"}),
            ),
            list_entry(QUESTIONS),
            MenuEntry(
                _("Assignment rules"),
                _("Who gets new tasks"),
                "assignment_rules",
                frozenset({"registry.assign_tasks"}),
            ),
            list_entry(training.TRAININGS),
            MenuEntry(
                _("Other authorities"),
                _("Authorities that we ask about applicants, and their contacts"),
                "agencies",
                frozenset({"registry.manage_agencies"}),
            ),
            list_entry(accounts.PEOPLE),
            list_entry(accounts.ACCESS_REQUESTS),
        ),
    ),
)
