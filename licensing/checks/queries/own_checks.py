"""What the registry finds by itself about an applicant, at once: numbers, companies register, history, lists."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from licensing.applications.models import Application
from licensing.applications.queries.applications import connected_to
from licensing.applications.queries.companies import CompanyMatch
from licensing.applications.states import IN_HAND, ApplicationStatus
from licensing.checks.models import Check, Reply
from licensing.checks.rules import own_checks as rules
from licensing.checks.rules.own_checks import EarlierRecord, ListMatch, OwnCheckResult
from licensing.checks.states import CheckResult, OwnCheck, ReplyWay
from licensing.time_limits.rules import licensing as clocks
from registry.codes import new_reference
from registry.companies.models import Company
from registry.imports import queries as import_queries
from registry.licences.models import Licence
from registry.organisations.models import Organisation, Person
from registry.templatetags.registry_parts import day
from registry.watchlists import queries as registry_queries
from registry.watchlists.queries import Match


def looked_up(application: Application, match: CompanyMatch | None, *, at: datetime) -> list[tuple[Check, Reply]]:
    """Each own check with what it came to, as they are to be written down. What is to be looked at waits for an officer."""
    # Kept as the authority writes; whoever reads it in another language reads the words of the record.
    with translation.override("en-gb"):
        return [_pair(application, code, found, at=at) for code, found in _found(application, match, at=at)]


def found_now(application: Application, code: OwnCheck, match: CompanyMatch | None, *, at: datetime) -> OwnCheckResult:
    """What one own check comes to now."""
    with translation.override("en-gb"):
        return dict(_found(application, match, at=at))[code]


def _found(
    application: Application, match: CompanyMatch | None, *, at: datetime
) -> Iterator[tuple[OwnCheck, OwnCheckResult]]:
    today, organisation = timezone.localdate(at), application.organisation
    people = list(_people(organisation))
    yield OwnCheck.NUMBERS, rules.numbers(_stated(organisation, people))
    yield OwnCheck.COMPANY, _of_company(match)
    yield OwnCheck.HISTORY, rules.history(_earlier(application, organisation))
    yield OwnCheck.LISTS, rules.lists(_on_lists(organisation, on=today), searched=_searched())


def _pair(application: Application, code: OwnCheck, found: OwnCheckResult, *, at: datetime) -> tuple[Check, Reply]:
    today, waits = timezone.localdate(at), found.result == CheckResult.LOOK
    check = Check(
        reference=new_reference("K"),
        application=application,
        code=code,
        subject=application.organisation.legal_name,
        sent_on=today,
        due_on=clocks.CHECK_REPLY.after(today, rules.LOOK_WITHIN),
        looked_at=at,
        result="" if waits else found.result,
        replied_on=None if waits else today,
        handling={"may_be_shown_to_subject": found.is_public, "may_be_passed_on": found.is_public, "note": ""},
    )
    return check, reply_of(check, found, at=at)


# What is read anew from outside while a case is in hand, when there is a newer edition: the answers are not.
READ_ANEW = (OwnCheck.COMPANY, OwnCheck.LISTS)
# An edition is looked at within so many days, or by hand.
LOOKED_AT_WITHIN = timedelta(days=7)
# Another firm of the same people may be refused or revoked while a case is in hand.
HISTORY_EVERY = timedelta(days=1)


def to_look_at_again(at: datetime) -> QuerySet[Check]:
    """Own checks of cases in hand that were made before the newest edition of what they read; earlier licences every day."""
    editions = [import_queries.newest_edition(Company.SOURCE), *registry_queries.lists_read()]
    finished = [edition.finished_at for edition in editions if edition and edition.finished_at]
    newest = max(finished, default=None)
    due = Q(code=OwnCheck.HISTORY, looked_at__lte=at - HISTORY_EVERY)
    if newest is not None and newest >= at - LOOKED_AT_WITHIN:
        due |= Q(code__in=READ_ANEW, looked_at__lt=newest)
    waiting = Check.objects.filter(due, application__status__in=IN_HAND)
    return waiting.select_related("application__organisation").order_by("looked_at", "pk")


def reply_of(check: Check, found: OwnCheckResult, *, at: datetime) -> Reply:
    """What was found, as a reply of the registry itself."""
    return Reply(
        reference=new_reference("Y"),
        asked=check,
        result=found.result,
        evidence=found.evidence,
        items=[dict(item) for item in found.items],
        may_be_shown_to_subject=found.is_public,
        may_be_passed_on=found.is_public,
        replied_on=timezone.localdate(at),
        way=ReplyWay.SYSTEM,
        recorded_at=at,
    )


# --- each of them ---


def _people(organisation: Organisation) -> QuerySet[Person]:
    return Person.objects.filter(roles__organisation=organisation, roles__until=None).distinct().order_by("pk")


def _stated(organisation: Organisation, people: list[Person]) -> Iterator[rules.Number]:
    own = {
        "company_number": organisation.company_number,
        "utr": organisation.utr,
        "vat_number": organisation.vat_number,
        "paye_references": organisation.paye_references,
    }
    return rules.numbers_of(own, [(person.full_name, person.nino) for person in people if person.nino])


def _of_company(match: CompanyMatch | None) -> OwnCheckResult:
    if match is None:
        return rules.company("", edition=None, found=None, is_fresh=False, differences=())
    return rules.company(
        match.number,
        edition=match.edition,
        found=match.company,
        is_fresh=match.is_fresh,
        differences=match.differences,
    )


def _earlier(application: Application, organisation: Organisation) -> Iterator[EarlierRecord]:
    """Of the organisation, and of those in which somebody of it had a role: same name, same date of birth."""
    connected = connected_to(organisation)
    closed = Application.objects.filter(
        organisation__in=connected, status__in=[ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN]
    ).exclude(pk=application.pk)
    for one in closed.select_related("organisation"):
        assert one.closed_at is not None
        said = {"name": one.organisation.legal_name, "what": one.get_status_display()}
        text = gettext("%(name)s: an application ended, %(what)s") % said
        yield EarlierRecord(one.status, timezone.localdate(one.closed_at), text, one.reference)
    for licence in Licence.objects.filter(organisation__in=connected).select_related("organisation"):
        if licence.pk not in {application.renews_id, application.alters_id}:
            yield _of_licence(licence)


def _of_licence(licence: Licence) -> EarlierRecord:
    said = {"name": licence.organisation.legal_name}
    if licence.revoked_from:
        text = gettext("%(name)s: the licence was revoked") % said
        return EarlierRecord("revoked", licence.revoked_from, text, licence.number)
    if licence.suspended_from:
        text = gettext("%(name)s: the licence was suspended") % said
        return EarlierRecord("suspended", licence.suspended_from, text, licence.number)
    until: date = licence.surrendered_from or licence.ended_from or licence.valid_until
    return EarlierRecord("licensed", until, gettext("%(name)s: licensed until that day") % said, licence.number)


def _searched() -> list[str]:
    return [
        ngettext("%(title)s of %(day)s, %(rows)s row", "%(title)s of %(day)s, %(rows)s rows", one.added)
        % {"title": one.title, "day": day(one.edition_on) if one.edition_on else "?", "rows": f"{one.added:,}"}
        for one in registry_queries.lists_read()
    ]


def _on_lists(organisation: Organisation, *, on: date) -> Iterator[ListMatch]:
    for match in registry_queries.matches_of(organisation, on=on):
        yield ListMatch(
            who=match.who,
            listed=match.listed.name,
            list_title=match.title,
            why=_why(match),
            reference=match.listed.reference,
            since=match.listed.listed_from,
        )


def _why(match: Match) -> str:
    if match.by == "company_number":
        return gettext("the same company number")
    return gettext("born on the same day, and %s of 100 alike in name") % match.score
