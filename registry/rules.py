"""What must be true before a licence moves, a person's access changes or a table is edited. Rules judge what they are given, and say every reason at once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry import workdays
from registry.errors import Reason
from registry.files import Verdict
from registry.identifiers import Invalid, company_number
from registry.models import (
    Agency,
    ApiKey,
    Condition,
    Conflict,
    Document,
    Hold,
    Holiday,
    Import,
    Invitation,
    Letter,
    Licence,
    Membership,
    Organisation,
    Person,
    SavedView,
    Scope,
    User,
    Way,
    WorkList,
)
from registry.states import LicenceStatus


def issue_blockers(
    held: Iterable[Licence], *, valid_from: date, valid_until: date, sectors: list[str]
) -> Iterator[Reason]:
    """One licence at a time for one organisation under one scheme: `held` are those it has had so far."""
    if any(licence.status == LicenceStatus.ACTIVE and licence.valid_until >= valid_from for licence in held):
        yield Reason("already_licensed", _("The organisation holds a licence then. Renew it instead."))
    if valid_until < valid_from:
        yield Reason("ends_before_it_starts", _("The licence would end before it starts."))
    if not sectors:
        yield Reason("no_sector", _("A licence describes the activities that it authorises: name at least one sector."))


def renew_blockers(licence: Licence, *, until: date, sectors: list[str]) -> Iterator[Reason]:
    """A licence that is in force, or suspended, goes on under its number; what has run out is issued anew."""
    yield from licence.lifecycle.blockers(licence.status, "renew")
    if until <= licence.valid_until:
        yield Reason("not_later", _("The licence would not last longer than it does now."))
    if not sectors:
        yield Reason("no_sector", _("A licence describes the activities that it authorises: name at least one sector."))


def modify_blockers(licence: Licence, *, sectors: list[str]) -> Iterator[Reason]:
    yield from licence.lifecycle.blockers(licence.status, "modify")
    if not sectors:
        yield Reason("no_sector", _("A licence describes the activities that it authorises: name at least one sector."))


def suspend_blockers(licence: Licence, *, starts: date, until: date) -> Iterator[Reason]:
    yield from licence.lifecycle.blockers(licence.status, "suspend")
    if until < starts:
        yield Reason("ends_before_it_starts", _("The suspension would end before it starts."), "until")
    if starts > licence.valid_until:
        yield Reason("after_expiry", _("The licence expires before the suspension would start."), "takes_effect")
    if licence.suspended_until is not None and licence.suspended_until >= starts:
        yield Reason("already_suspended", _("The licence is already suspended then. Lift that suspension first."))


def lift_blockers(licence: Licence, *, lifted_from: date) -> Iterator[Reason]:
    yield from licence.lifecycle.blockers(licence.status, "lift")
    if licence.suspended_from is None or (licence.suspended_until and licence.suspended_until < lifted_from):
        yield Reason("not_suspended", _("The licence is not suspended then."))


def revoke_blockers(licence: Licence, *, takes_effect: date) -> Iterator[Reason]:
    yield from licence.lifecycle.blockers(licence.status, "revoke")
    if takes_effect < licence.valid_from:
        yield Reason("before_licence", _("A licence cannot be revoked from a day before it began."), "takes_effect")
    if takes_effect > licence.valid_until:
        yield Reason("after_expiry", _("The licence expires before the revocation would take effect."), "takes_effect")


def stay_blockers(licence: Licence, *, held: Iterable[Licence]) -> Iterator[Reason]:
    """Only a licence that was revoked is kept alive by an appeal; `held` are those that its holder has had under the scheme."""
    yield from licence.lifecycle.blockers(licence.status, "stay")
    yield from _another_blockers(licence, held)


def reinstate_blockers(licence: Licence, *, held: Iterable[Licence]) -> Iterator[Reason]:
    """A revocation is set aside once: of a licence that is revoked, or that goes on under appeal."""
    yield from licence.lifecycle.blockers(licence.status, "reinstate")
    if licence.status == LicenceStatus.ACTIVE and licence.appealed_from is None:
        yield Reason("not_revoked", _("The licence is not revoked."))
    yield from _another_blockers(licence, held)


def _another_blockers(licence: Licence, held: Iterable[Licence]) -> Iterator[Reason]:
    others = (one for one in held if one.pk != licence.pk and one.status == LicenceStatus.ACTIVE)
    if any(one.valid_until >= licence.valid_from and one.granted_at > licence.granted_at for one in others):
        yield Reason("already_licensed", _("The holder has been given another licence since."))


def surrender_blockers(licence: Licence, *, takes_effect: date) -> Iterator[Reason]:
    yield from licence.lifecycle.blockers(licence.status, "surrender")
    if takes_effect > licence.valid_until:
        yield Reason("after_expiry", _("The licence expires before that day."), "takes_effect")


def modified_from_blockers(licence: Licence, *, on: date) -> Iterator[Reason]:
    """Whether conditions of the licence can change from this day on."""
    if licence.status != LicenceStatus.ACTIVE:
        yield Reason("not_active", _("The licence is not active any more."))
    if on > licence.valid_until:
        yield Reason("after_expiry", _("The licence expires before that day."), "takes_effect")


def condition_blockers(condition: Condition, move: str, *, due_on: date | None = None) -> Iterator[Reason]:
    yield from condition.lifecycle.blockers(condition.status, move)
    if due_on is not None and due_on <= condition.due_on:
        yield Reason("not_later", _("The new date must be later than the present one."), "due_on")


def appoint_first_blockers(*, there_is_one: bool) -> Iterator[Reason]:
    if there_is_one:
        yield Reason("not_the_first", _("There is an administrator of people already, who can invite others."))


def invite_blockers(*, known: User | None, roles: Set[str], agency: Agency | None = None) -> Iterator[Reason]:
    if known is not None and known.is_active:
        yield Reason(
            "known", _("Somebody with this email address has access already. Change their roles instead."), "email"
        )
    yield from _no_role(roles)
    yield from _agency_blockers(roles, agency)


def change_roles_blockers(
    person: User, *, before: Set[str], after: Set[str], agency: Agency | None = None, by: User
) -> Iterator[Reason]:
    yield from manage_person_blockers(person, by=by)
    yield from _no_role(after)
    yield from _agency_blockers(after, agency)
    if after == before and agency == person.agency:
        yield Reason("no_change", _("These are the roles that the person has now."), "roles")


def manage_person_blockers(person: User, *, by: User) -> Iterator[Reason]:
    if person == by:
        yield Reason("oneself", _("You cannot change your own access. Ask another administrator of people."))
    if person.is_system:
        yield Reason("system", _("This is a job of the system, not a person."))
    if not person.is_active:
        yield Reason("off_boarded", _("This person has been off-boarded. Invite them again if they come back."))


def _no_role(roles: Set[str]) -> Iterator[Reason]:
    if not roles:
        yield Reason("no_role", _("Choose at least one role. To take all access away, off-board the person."), "roles")


ANSWERS_FOR_AGENCY = "partner_agency"


def _agency_blockers(roles: Set[str], agency: Agency | None) -> Iterator[Reason]:
    """Whoever answers for another authority does nothing else here, and answers for one (trust.md: a narrow account)."""
    if ANSWERS_FOR_AGENCY in roles and agency is None:
        yield Reason("no_agency", _("Choose for which authority the person answers."), "agency")
    if ANSWERS_FOR_AGENCY in roles and len(roles) > 1:
        yield Reason("only_for_agency", _("Whoever answers for another authority can have no other role."), "roles")
    if agency is not None and ANSWERS_FOR_AGENCY not in roles:
        yield Reason("agency_without_role", _("Only whoever answers for another authority belongs to one."), "agency")


def agency_blockers(
    given: Mapping[str, Any], *, remits: Iterable[tuple[str, str]], taken: bool, closed: bool = False
) -> Iterator[Reason]:
    """Whether another authority can be asked in the way that is said of it."""
    if closed:
        yield Reason("closed", _("This authority is asked no more."))
    if taken:
        yield Reason("name_taken", _("There is an authority of this name already."), "name")
    if not given["basis"].strip():
        yield Reason("no_basis", _("Say under which power or agreement information is shared with it."), "basis")
    if not list(remits):
        yield Reason("no_remit", _("Choose at least one check that it answers."), "remits")
    yield from _way_blockers(given)


def _way_blockers(given: Mapping[str, Any]) -> Iterator[Reason]:
    """Letters by post need an address; whoever signs in or takes files is told by email that something waits."""
    if given["way"] == Way.POST and not given["address"].get("line_1"):
        yield Reason("no_address", _("Enter the address that letters are posted to."), "line_1")
    if given["way"] != Way.POST and not given["email"]:
        yield Reason("no_email", _("Enter the email address at which it is told that a check waits."), "email")
    if given["public_key"] and not re.fullmatch(r"[A-Za-z0-9_-]{43}", given["public_key"]):
        yield Reason("not_a_key", _("A public key has 43 characters: letters, digits, - and _."), "public_key")


def close_agency_blockers(agency: Agency, *, because: str | None = None) -> Iterator[Reason]:
    if agency.closed_at is not None:
        yield Reason("closed", _("This authority is asked no more."))
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Write the reason."), "because")


# --- who acts for an organisation ---

# An invitation that nobody took up for a fortnight was meant for somebody else, or is forgotten.
INVITATION_DAYS = 14
# Nobody floods a stranger's mailbox through us.
INVITATIONS_A_DAY = 20
RESENT_AFTER = timedelta(hours=1)


def invite_to_act_blockers(
    acting: Iterable[Membership], waiting: Iterable[Invitation], *, sent_today: int, email: str, kind: str
) -> Iterator[Reason]:
    """`acting` are those who act for the organisation now, agents without a consent too; `waiting` whom it has asked."""
    acting = list(acting)
    if sent_today >= INVITATIONS_A_DAY:
        yield Reason("too_many_today", _("You have invited many people today. Invite more of them tomorrow."))
    if any(one.user.email == email.lower() for one in acting):
        yield Reason("acts_already", _("This person acts for the organisation already. Change what they are."), "email")
    if any(one.email == email.lower() for one in waiting):
        yield Reason("invited_already", _("This person has been invited already. Send the letter again."), "email")
    yield from _second_principal(acting, kind=kind)


def accept_blockers(
    invitation: Invitation, acting: Iterable[Membership], *, by: User, verified: Set[str], is_staff: bool, at: datetime
) -> Iterator[Reason]:
    """`verified` are the addresses that this person has proved to be theirs: the letter holds no key (trust.md T17)."""
    acting = list(acting)
    yield from _another_address(invitation, verified)
    yield from unanswered_blockers(invitation)
    if invitation.expires_at <= at:
        yield Reason("too_late", _("The time to accept this invitation is over. Ask them to send it again."))
    if is_staff:
        text = _("You work for the authority, and cannot act for somebody whom it licenses.")
        yield Reason("works_for_authority", text)
    if any(one.user_id == by.pk for one in acting):
        yield Reason("acts_already", _("You act for this organisation already."))
    yield from _second_principal(acting, kind=invitation.kind)


def decline_blockers(invitation: Invitation, *, verified: Set[str]) -> Iterator[Reason]:
    yield from _another_address(invitation, verified)
    yield from unanswered_blockers(invitation)


def unanswered_blockers(invitation: Invitation) -> Iterator[Reason]:
    if invitation.accepted_at or invitation.ended_at:
        yield Reason("answered", _("This invitation has been answered, or taken back."))


def resend_blockers(invitation: Invitation, *, at: datetime) -> Iterator[Reason]:
    yield from unanswered_blockers(invitation)
    sent_at = invitation.expires_at - timedelta(days=INVITATION_DAYS)
    if at - sent_at < RESENT_AFTER:
        yield Reason("sent_just_now", _("The letter was sent less than an hour ago. Give it time to arrive."))


def _another_address(invitation: Invitation, verified: Set[str]) -> Iterator[Reason]:
    if invitation.email not in verified:
        text = _("The invitation was sent to another email address than yours. Ask them to invite the address you use.")
        yield Reason("another_address", text)


def current_blockers(membership: Membership) -> Iterator[Reason]:
    if membership.until is not None:
        yield Reason("acts_no_more", _("This person acts for the organisation no longer."))


def change_kind_blockers(membership: Membership, acting: Iterable[Membership], *, kind: str) -> Iterator[Reason]:
    acting = list(acting)
    if kind == membership.kind:
        yield Reason("no_change", _("This is what the person is now."), "kind")
    else:
        yield from _second_principal(acting, kind=kind)
    if kind == Membership.Kind.AGENT:
        yield from leave_blockers(membership, acting)


def leave_blockers(membership: Membership, acting: Iterable[Membership]) -> Iterator[Reason]:
    """Somebody must always be left who answers for the organisation: 2006 Rules, r.4."""
    others = [one for one in acting if one.pk != membership.pk and one.kind != Membership.Kind.AGENT]
    if membership.kind != Membership.Kind.AGENT and not others:
        text = _("Nobody else answers for the organisation. Let somebody else become its representative first.")
        yield Reason("last_one", text)


def consent_blockers(
    membership: Membership, *, covers: Iterable[str], starts: date, until: date | None, today: date
) -> Iterator[Reason]:
    if membership.kind != Membership.Kind.AGENT:
        yield Reason("no_agent", _("Only an agent needs the consent of the organisation."))
    if not list(covers):
        yield Reason("covers_nothing", _("Say what the agent may do."), "covers")
    if until is not None and until < starts:
        yield Reason("ends_before_it_starts", _("The consent would end before it starts."), "until")
    elif until is not None and until < today:
        yield Reason("over_already", _("The last day of the consent must be today or later."), "until")


def withdraw_consent_blockers(*, there_is_one: bool) -> Iterator[Reason]:
    if not there_is_one:
        yield Reason("no_consent", _("There is no consent to withdraw."))


def _second_principal(acting: Iterable[Membership], *, kind: str) -> Iterator[Reason]:
    """There is one principal authority. Who becomes it in place of another does so when the other is it no more."""
    principal = Membership.Kind.PRINCIPAL_AUTHORITY
    for one in acting:
        if kind == principal and one.kind == principal:
            text = _("{person} is the principal authority. Make them a representative first.")
            yield Reason("second_principal", format_lazy(text, person=str(one.user)), "kind")


# How the lists write the countries, and how addresses keep them. Islands that are not in the United Kingdom have lists of
# theirs in ours.
COUNTRIES = {
    "england": "england",
    "scotland": "scotland",
    "wales": "wales",
    "northern ireland": "northern_ireland",
    "jersey": "elsewhere",
    "guernsey": "elsewhere",
    "isle of man": "elsewhere",
}
# The columns of a list of premises, each with the most characters that it may hold; those that must not be empty.
COLUMNS = {
    "approval_number": 30,
    "trading_name": 200,
    "address_1": 200,
    "address_2": 200,
    "address_3": 200,
    "town": 100,
    "postcode": 20,
    "country": 30,
    "local_authority": 100,
    "activities": 2000,
}
COMPULSORY = ("approval_number", "trading_name", "town", "country")
REPEATS = _("The same place as on an earlier line: taken once.")
CONTRADICTS = _("An earlier line has this approval number and name with other particulars: only that one was taken.")


def import_blockers(under: Import, *, after: int) -> Iterator[Reason]:
    """One reader at a time, and no row twice: `after` is how many rows the caller believes to have been read."""
    if under.finished_at or under.given_up_at:
        yield Reason("finished", _("This reading has been finished, or given up for another file."))
    if under.read != after:
        yield Reason("elsewhere", _("Somebody else is reading this file. Wait until it is done."))


def begin_import_blockers(newest: Import | None, *, edition_on: date | None) -> Iterator[Reason]:
    """`newest` is the edition in use. An older one would undo what is known since."""
    if newest and newest.edition_on and edition_on and edition_on < newest.edition_on:
        text = _("This edition is of %(older)s; one of %(newer)s is in use already.")
        days = {"older": edition_on.isoformat(), "newer": newest.edition_on.isoformat()}
        yield Reason("older", text % days)


def listing_faults(row: Mapping[Any, Any]) -> Iterator[Reason]:
    """Why a row of a list of premises cannot be used. Values by column; what stands beyond the last column is under None."""
    if set(row) != set(COLUMNS) or None in row.values():
        yield Reason("columns", _("There are too many or too few columns."))
        return
    for column, text in row.items():
        yield from _cell_faults(column, " ".join(text.split()))
    country = row["country"].strip()
    if country and country.lower() not in COUNTRIES:
        yield Reason(
            "country", format_lazy(_("“{country}” is no country that lists name."), country=country), "country"
        )


# --- the snapshot of the companies register

# Of its columns, in its own words, those that the registry keeps. The rest are about accounts, charges and returns.
COMPANY_COLUMNS = (
    "CompanyName", "CompanyNumber", "CompanyCategory", "CompanyStatus", "IncorporationDate",
    "RegAddress.CareOf", "RegAddress.POBox", "RegAddress.AddressLine1", "RegAddress.AddressLine2", "RegAddress.PostTown",
    "RegAddress.County", "RegAddress.Country", "RegAddress.PostCode",
    *(f"SICCode.SicText_{n}" for n in range(1, 5)),
    *(f"PreviousName_{n}.{what}" for n in range(1, 11) for what in ("CONDATE", "CompanyName")),
)  # fmt: skip
COMPANY_REPEATS = _("The same company number as on an earlier line: taken once.")
LONGEST_CELL = 200
_COMPANY_NUMBER = re.compile(r"[0-9A-Z]{8}")
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


def company_faults(row: Mapping[str, str]) -> Iterator[Reason]:
    """Why a row of the snapshot cannot be used. Without a number nothing finds it, and without a name it says nothing."""
    if not _COMPANY_NUMBER.fullmatch(row["CompanyNumber"].strip().upper()):
        yield Reason("number", _("There is no company number of 8 characters."), "CompanyNumber")
    if not row["CompanyName"].strip():
        yield Reason("empty", format_lazy(_("The column {column} is empty."), column="CompanyName"), "CompanyName")
    yield from (
        Reason("too_long", format_lazy(_("The column {column} is too long."), column=column), column)
        for column, text in row.items()
        if len(text) > LONGEST_CELL
    )
    if not "".join(row.values()).isprintable():
        yield Reason("unreadable", _("There are characters that cannot be read: is the file in UTF-8?"))


def company_oddities(row: Mapping[str, str]) -> Iterator[Reason]:
    """What of a row is left out, while the rest of it is taken."""
    if row["IncorporationDate"].strip() and day_of(row["IncorporationDate"]) is None:
        yield Reason("date", _("The date of incorporation cannot be read and is left out."), "IncorporationDate")


def day_of(text: str) -> date | None:
    """A day as the snapshot writes it, 27/03/2015. None when it is none."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


# The columns of a list to check against, by our names.
LISTED_COLUMNS = ("name", "aliases", "date_of_birth", "company_number", "reference", "from", "to", "source")


def listed_faults(row: Mapping[str, str]) -> Iterator[Reason]:
    """Why a row of a list to check against cannot be used."""
    if not row["name"].strip():
        yield Reason("empty", format_lazy(_("The column {column} is empty."), column="name"), "name")
    if not (row["date_of_birth"].strip() or row["company_number"].strip()):
        yield Reason(
            "unfindable", _("There is neither a date of birth nor a company number: a name alone finds nobody.")
        )
    for column in [one for one in ("date_of_birth", "from", "to") if row[one].strip() and listed_day(row[one]) is None]:
        yield Reason("no_day", format_lazy(_("The column {column} holds no day."), column=column), column)
    if row["company_number"].strip() and listed_number(row["company_number"]) is None:
        yield Reason("number", _("There is no company number of 8 characters."), "company_number")
    yield from _too_long(row)


def _too_long(row: Mapping[str, str]) -> Iterator[Reason]:
    most = {"aliases": 5 * LONGEST_CELL, "reference": LONGEST_CELL // 2}
    for column, text in row.items():
        if len(text) > most.get(column, LONGEST_CELL):
            yield Reason("too_long", format_lazy(_("The column {column} is too long."), column=column), column)
    if not "".join(row.values()).replace("\n", " ").isprintable():
        yield Reason("unreadable", _("There are characters that cannot be read: is the file in UTF-8?"))


def listed_day(text: str) -> date | None:
    """A day as such lists write it: 2015-03-27 or 27/03/2015. None when it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return day_of(text)


def listed_number(text: str) -> str | None:
    """A company number in its eight characters. None when it is none."""
    try:
        return company_number(text)
    except Invalid:
        return None


def _cell_faults(column: str, text: str) -> Iterator[Reason]:
    if not text and column in COMPULSORY:
        yield Reason("empty", format_lazy(_("The column {column} is empty."), column=column), column)
    if len(text) > COLUMNS[column]:
        yield Reason("too_long", format_lazy(_("The column {column} is too long."), column=column), column)
    if not text.isprintable():
        yield Reason("unreadable", _("There are characters that cannot be read: is the file in UTF-8?"), column)


def receive_blockers(*, size: int, of_case: int, of_organisation: int, disk_is_full: bool) -> Iterator[Reason]:
    """Whether one more document of this many bytes can be kept; the others of the case are counted, those of the firm measured."""
    if disk_is_full:
        yield Reason("disk_full", _("We cannot take files at the moment. Nothing is lost: try again in an hour."))
    if of_case >= settings.DOCUMENTS_A_CASE:
        text = format_lazy(_("At most {most} files can be uploaded here."), most=settings.DOCUMENTS_A_CASE)
        yield Reason("too_many_documents", text)
    if of_organisation + size > settings.DOCUMENT_MEGABYTES * 1024 * 1024:
        text = format_lazy(
            _("The files of this organisation take up {most} MB, which is all that we can keep. Ask us to make room."),
            most=settings.DOCUMENT_MEGABYTES,
        )
        yield Reason("quota", text)


def release_blockers(document: Document, *, verdict: Verdict) -> Iterator[Reason]:
    """Nothing is opened that a scanner has not passed, unless the installation says that it has none (a demonstration)."""
    yield from document.lifecycle.blockers(document.status, "release")
    demonstration = verdict == Verdict.NOT_SCANNED and settings.CLAMD_ADDRESS == "none"
    if verdict != Verdict.CLEAN and not demonstration:
        yield Reason("not_clean", _("The scanner has not passed this file."))


def send_again_blockers(letter: Letter, *, address: str | None = None) -> Iterator[Reason]:
    """Only what was refused for good, or has nowhere to go, waits for a person; the rest is tried again by itself."""
    if letter.refused_at is None and letter.address:
        yield Reason("not_refused", _("No mail server has refused this letter for good."))
    if address is not None and not address.strip():
        yield Reason("no_address", _("Enter the email address to send it to."), "address")


# --- how long data is held ---

SHORTEST_REASON = 10


def place_hold_blockers(organisation: Organisation, *, because: str) -> Iterator[Reason]:
    if organisation.holds.in_force().exists():
        yield Reason("already_held", _("The data of this organisation is held already."))
    yield from _reason_blockers(because)


def lift_hold_blockers(hold: Hold, *, because: str) -> Iterator[Reason]:
    if hold.lifted_at is not None:
        yield Reason("already_lifted", _("This hold has been lifted already."))
    yield from _reason_blockers(because)


def erase_person_blockers(person: Person) -> Iterator[Reason]:
    """Of nobody who still has a role, and of nobody in an organisation whose data is held."""
    if person.roles.filter(until=None).exists():
        yield Reason("has_a_role", _("This person still has a role in an organisation."))
    if Hold.objects.in_force().filter(organisation__roles__person=person).exists():
        yield Reason("held", _("The data of an organisation of this person is held."))


def subject_access_blockers(*, because: str) -> Iterator[Reason]:
    yield from _reason_blockers(because)


def _reason_blockers(because: str) -> Iterator[Reason]:
    if len(because.strip()) < SHORTEST_REASON:
        yield Reason("no_reason", _("Say the reason in 10 characters or more."), "because")


#: No law is known further ahead, and a year typed wrong is no holiday.
HOLIDAYS_AHEAD = 10


def add_holiday_blockers(*, calendar: str, day: date, name: str, because: str, today: date) -> Iterator[Reason]:
    if Holiday.objects.filter(nation=calendar, day=day).exists():
        yield Reason("already_there", _("That day is in the table already."), "day")
    if day.weekday() >= workdays.SATURDAY:
        text = _("That is a Saturday or a Sunday, which is no working day anyway. Enter the day taken instead of it.")
        yield Reason("weekend", text, "day")
    if day.year > today.year + HOLIDAYS_AHEAD:
        yield Reason("too_far_ahead", _("That is more than ten years ahead. Check the year."), "day")
    if not name.strip():
        yield Reason("no_name", _("Enter what the holiday is called."), "name")
    yield from _reason_blockers(because)


def remove_holiday_blockers(*, because: str) -> Iterator[Reason]:
    yield from _reason_blockers(because)


# --- views of lists ---

MOST_VIEWS = 20


def keep_view_blockers(by: User, *, of_list: str, name: str, query: str) -> Iterator[Reason]:
    """A view is worth keeping when it is narrowed or ordered; so many are kept of one list, and no more."""
    if of_list not in WorkList.values:
        yield Reason("unknown_list", _("There is no such list."))
    if not query:
        yield Reason("nothing_chosen", _("Choose a filter or an order first: the whole list needs no name."))
    if len(query) > LONGEST_QUERY:
        yield Reason("too_much_chosen", _("This view is narrowed by too much to be kept."))
    if by.saved_views.filter(of_list=of_list).count() >= MOST_VIEWS:
        text = _("You keep {most} views of this list already. Remove one first.")
        yield Reason("too_many_views", format_lazy(text, most=MOST_VIEWS))
    yield from name_view_blockers(by, of_list=of_list, name=name)


LONGEST_QUERY = 1000


def name_view_blockers(by: User, *, of_list: str, name: str, but: SavedView | None = None) -> Iterator[Reason]:
    others = by.saved_views.exclude(pk=but.pk) if but else by.saved_views
    taken = others.filter(of_list=of_list, name=name.strip())
    if not name.strip():
        yield Reason("no_name", _("Enter a name for the view."), "name")
    elif taken.exists():
        yield Reason("name_taken", _("You have a view of this list by that name. Choose another."), "name")


# --- conflicts of interest ---


def declare_conflict_blockers(
    officer: User, organisation: Organisation, *, because: str, since: date, today: date
) -> Iterator[Reason]:
    if not officer.has_perm("registry.work_for_authority"):
        yield Reason("not_staff", _("Only those who work for the authority declare a conflict of interest."), "officer")
    if Conflict.objects.in_force().filter(officer=officer, organisation=organisation).exists():
        yield Reason("declared_already", _("This has been declared already."), "organisation")
    if since > today:
        yield Reason("in_the_future", _("The day cannot be in the future."), "since")
    yield from _reason_blockers(because)


def end_conflict_blockers(conflict: Conflict, *, because: str | None = None, by: User) -> Iterator[Reason]:
    if conflict.until is not None:
        yield Reason("over_already", _("This is over already."))
    if conflict.officer_id == by.pk:
        yield Reason("oneself", _("Nobody says of their own conflict of interest that it is over."))
    if because is not None:
        yield from _reason_blockers(because)


# --- keys of programs ---

MOST_KEYS = 10
LONGEST_KEY = 366


def make_key_blockers(by: User, *, name: str, scopes: Iterable[str], days: int, at: datetime) -> Iterator[Reason]:
    if not name.strip():
        yield Reason("no_name", _("Enter what the key is for."), "name")
    if not scopes:
        yield Reason("no_scopes", _("Choose at least one thing that the key may be used for."), "scopes")
    if not set(scopes) <= set(Scope.values):
        yield Reason("unknown_scope", _("There is no such thing that a key can be used for."), "scopes")
    if not 0 < days <= LONGEST_KEY:
        yield Reason("too_long", _("A key lasts for a year at most."), "days")
    if by.api_keys.filter(revoked_at=None, expires_at__gt=at).count() >= MOST_KEYS:
        text = _("You have {most} keys already. Revoke one first.")
        yield Reason("too_many_keys", format_lazy(text, most=MOST_KEYS))


def key_in_force_blockers(key: ApiKey, *, at: datetime) -> Iterator[Reason]:
    if not key.is_in_force(at):
        yield Reason("key_over", _("This key is not in force any more."))


def take_key_blockers(key: ApiKey, *, because: str | None = None, by: User, at: datetime) -> Iterator[Reason]:
    if key.user_id == by.pk:
        yield Reason("oneself", _("This is a key of your own: revoke it on the page of your keys."))
    yield from key_in_force_blockers(key, at=at)
    if because is not None:
        yield from _reason_blockers(because)


def step_up_key_blockers(key: ApiKey, *, at: datetime) -> Iterator[Reason]:
    yield from key_in_force_blockers(key, at=at)
    if Scope.DECIDE not in key.scopes:
        yield Reason("not_for_deciding", _("This key may not be used to decide."))
