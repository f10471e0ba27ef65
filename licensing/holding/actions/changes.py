"""Changes to an organisation that the register, or the licence itself, must follow: told by its holder, answered by an officer."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from licensing.application_form.rules.facts import NOTHING, PARTICULARS
from licensing.applications.queries import applications
from licensing.checks.models import Check
from licensing.checks.queries import checks, subjects
from licensing.holding import letters
from licensing.holding.models import Change
from licensing.holding.queries import holding
from licensing.holding.rules import holding as rules
from licensing.holding.states import ChangeStatus
from registry import permissions, schemes, workdays
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import Reason, Refused, refuse_for
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.memberships.states import Act
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.register.actions import listings
from registry.schemes import ChangeKind, Scheme
from registry.trail.actions import events as trail


@transaction.atomic
def tell(
    licence: Licence,
    *,
    kind: str,
    data: Mapping[str, Any],
    item: str = "",
    happened_on: date,
    confirms: bool = True,
    by: User,
    at: datetime,
) -> Change:
    """Tell the authority of a change. It is a proposal: file and register follow once an officer has accepted it (docs/rules.md T45).

    `kind` is a code of the pack, `data` the answers by key, `item` who or what leaves a list (`Leaver.name`). What the
    pack says holds at once, somebody's leaving, is written down now. How late it was told becomes a fact, and the
    scheme's checks are opened. With `confirms=False` the caller confirms it by letter. Raises `Refused` with every reason.
    """
    permissions.require(by, "licensing.apply")
    organisation = trail.locked(Organisation.objects.acted_for_by(by).get(licences=licence.pk))
    licence = trail.locked(licence)
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, organisation, Act.NOTIFY, on=today))
    scheme = schemes.in_force(licence.scheme, today)
    about, filled = _kind(licence, scheme, kind), holding.filled_now(licence, scheme)
    left = holding.leavers(licence, about, filled, today=today) if about.act == "remove" else []
    leaver = _leaver(about, item, left)
    known = holding.kept_for(licence, about, filled)
    refuse_for(
        rules.tell_blockers(
            licence,
            about,
            happened_on=happened_on,
            differs=about.act != "tell" or not about.page or dict(data) != dict(known),
            follows=data.get("follows", "") if holding.leaves_too_few(about, filled, left) else None,
            open_ones=licence.changes.filter(kind=kind, status=ChangeStatus.TOLD).count(),
            today=today,
        )
    )
    holidays = applications.holidays_of(organisation)
    due_on = rules.told_by(about, scheme, happened_on=happened_on, holidays=holidays)
    change = Change.objects.create(
        reference=new_reference("N"),
        licence=licence,
        kind=kind,
        version=scheme.version,
        data=dict(data),
        item=_item(about, item),
        role=leaver.role if leaver else None,
        called=leaver.called if leaver else _called(about, data),
        happened_on=happened_on,
        due_on=due_on,
        days_late=workdays.working_days_late(today, due=due_on, holidays=holidays) if due_on else 0,
        told_by=by,
        told_at=at,
    )
    _open_checks(change, about, scheme, at=at)
    # The trail keeps what kind of thing was told and when, not the personal details in it.
    trail.record(
        change, "tell", by=by, at=at, after=change.status, licence=licence, change=kind, days_late=change.days_late
    )
    _write_down_how_late(change, at=at)
    if about.at_once:
        _let_hold(change, about, organisation, by=by, at=at)
        listings.republish(organisation, by=by, at=at)
    if confirms:
        letters.told([change], at=at)
    return change


@transaction.atomic
def accept(change: Change, *, by: User, at: datetime) -> Change:
    """Accept what the holder says has changed: file and register follow. A number that ends the licence ends it that day."""
    permissions.require(by, "licensing.handle_changes")
    organisation = trail.locked(change.licence.organisation)
    held = [trail.locked(licence) for licence in organisation.licences.order_by("pk")]
    change = trail.locked(change)
    kind, former = holding.kind_of(change), organisation.email
    refuse_for(permissions.conflict_blockers(by, change.organisation))
    refuse_for(rules.accept_blockers(change, kind, unanswered=change.checks.filter(result="").count()))
    numbers = rules.changed(organisation, _particulars(change, kind))
    trail.move(change, "accept", by=by, at=at, closed_by=by, closed_at=at)
    _carry_out(change, kind, organisation, by=by, at=at)
    ended = _end_for(held, numbers, by=by, at=at)
    listings.republish(organisation, by=by, at=at)
    letters.change_accepted(change, former=former, at=at)
    for licence in ended:
        letters.ended(licence, at=at)
    return change


@transaction.atomic
def note(change: Change, *, by: User, at: datetime) -> Change:
    """Note what the holder told where nothing is left to be written: it holds already, or is only to be known."""
    permissions.require(by, "licensing.handle_changes")
    change = trail.locked(change)
    refuse_for(permissions.conflict_blockers(by, change.organisation))
    refuse_for(rules.note_blockers(change, holding.kind_of(change)))
    change.checks.all().let_go()
    return trail.move(change, "note", by=by, at=at, closed_by=by, closed_at=at)


@transaction.atomic
def refuse(change: Change, *, because: str, by: User, at: datetime) -> Change:
    """Do not accept what the holder says has changed; file and register stay as they are, and the holder is told why."""
    permissions.require(by, "licensing.handle_changes")
    change = trail.locked(change)
    refuse_for(permissions.conflict_blockers(by, change.organisation))
    blockers = rules.refuse_blockers(change, holding.kind_of(change), because=because)
    refuse_for([*blockers, *checks.repeats(change.organisation, {"because": because})])
    change.because = because
    change.save(update_fields=["because"])
    trail.move(change, "refuse", by=by, at=at, because=because, closed_by=by, closed_at=at)
    change.checks.all().let_go()
    letters.change_refused(change, at=at)
    return change


@transaction.atomic
def change_numbers(organisation: Organisation, *, changes: Mapping[str, str], by: User, at: datetime) -> list[Licence]:
    """Record changed company, tax or VAT numbers; each licence whose scheme says so ends that day (2009 Rules, r.5).

    `changes` holds company_number, utr or vat_number. Returns the licences that ended.
    """
    permissions.require(by, "registry.end_licence")
    organisation = trail.locked(organisation)
    # The licences before anything is written, as whoever decides about one does: nobody waits for one who waits for them.
    held = [trail.locked(licence) for licence in organisation.licences.order_by("pk")]
    refuse_for(rules.change_numbers_blockers(organisation, changes))
    numbers = rules.changed(organisation, changes)
    organisations.update(organisation, changes=changes, by=by, at=at)
    ended = _end_for(held, numbers, by=by, at=at)
    listings.republish(organisation, by=by, at=at)
    for licence in ended:
        letters.ended(licence, at=at)
    return ended


def _end_for(held: list[Licence], numbers: set[str], *, by: User, at: datetime) -> list[Licence]:
    """End each licence held whose scheme says that it ends when one of these numbers changes."""
    today = timezone.localdate(at)
    return [
        licences.end(licence, ended_from=today, because=", ".join(sorted(numbers)), by=by, at=at)
        for licence in held
        if licence.status == LicenceStatus.ACTIVE and licence.valid_until >= today
        if numbers & set(schemes.in_force(licence.scheme, today).changes.ends_licence)
    ]


def _kind(licence: Licence, scheme: Scheme, code: str) -> ChangeKind:
    offered = {kind.code: kind for kind in holding.kinds_for(licence, scheme)}
    if code not in offered:
        raise Refused([Reason("no_such_change", _("Such a change cannot be told of about this licence."))])
    return offered[code]


def _leaver(kind: ChangeKind, name: str, left: list[holding.Leaver]) -> holding.Leaver | None:
    if kind.act != "remove":
        return None
    for one in left:
        if one.name == name:
            return one
    raise Refused([Reason("nobody_leaves", _("Choose who or what leaves the list."), "item")])


def _item(kind: ChangeKind, leaving: str) -> str:
    """Under which name the answers keep a thing of a list: a new one for what is added."""
    names = {"add": secrets.token_hex(5), "remove": leaving[: Change._meta.get_field("item").max_length]}
    return names.get(kind.act, "")


CALLED_BY = ("full_name", "job_title", "premises_name", "registration", "subcontractor_name")


def _called(kind: ChangeKind, data: Mapping[str, Any]) -> str:
    if kind.act != "add":
        return ""
    return next((str(data[key]) for key in CALLED_BY if data.get(key)), "")[:200]


def _write_down_how_late(change: Change, *, at: datetime) -> None:
    """How late a notice was is known of the holder from then on: by page 1.4 of the standards it may be a breach."""
    if change.days_late:
        told_late = {"change": change.kind, "working_days": change.days_late, "due_on": change.due_on}
        organisations.write_down(
            change.organisation, facts={"told_late": told_late}, source=f"change {change.reference}", at=at
        )


def _let_hold(change: Change, kind: ChangeKind, organisation: Organisation, *, by: User, at: datetime) -> None:
    """What needs no acceptance: a person has left, something is there no more, or an answer is another from today."""
    if kind.act == "tell":
        return _carry_out(change, kind, organisation, by=by, at=at)
    if change.role is not None:
        organisations.stand_down(change.role, until=timezone.localdate(at), by=by, at=at)
    return _list_vehicles(change, kind, at=at)


def _carry_out(change: Change, kind: ChangeKind, organisation: Organisation, *, by: User, at: datetime) -> None:
    scheme = schemes.get(change.scheme, change.version)
    page, data = scheme.form.page(kind.page), holding.answered_of(change, kind)
    if page.person:
        _bring_up_to_date(change, page.person, data, by=by, at=at)
    elif page.list_of and page.list_of.role:
        title = str(data.get("job_title", ""))
        since = timezone.localdate(at)
        organisations.name(
            organisation, kind=page.list_of.role, particulars=data, title=title, since=since, by=by, at=at
        )
    elif page.list_of and page.list_of.of == "premises":
        place = {"kind": page.slug, "name": data["premises_name"], "address": data["premises_address"]}
        organisations.name_premises(organisation, premises=[place], by=by, at=at)
    elif page.list_of:
        _list_vehicles(change, kind, at=at)
    else:
        organisations.update(organisation, changes=_particulars(change, kind), by=by, at=at)
        known = {key: value for key, value in data.items() if key not in PARTICULARS}
        organisations.write_down(organisation, facts=known, source=f"change {change.reference}", at=at)


def _bring_up_to_date(change: Change, role: str, data: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """What is kept of the one person in a role, with what has changed of it."""
    scheme = schemes.get(change.scheme, change.version)
    particulars = {**holding.filled_now(change.licence, scheme).person(role), **data}
    title = str(particulars.get("job_title", ""))
    since = timezone.localdate(at)
    organisations.name(change.organisation, kind=role, particulars=particulars, title=title, since=since, by=by, at=at)


def _particulars(change: Change, kind: ChangeKind) -> dict[str, Any]:
    """What the page asks of the organisation's file; what is left out on it is not so any more."""
    page, data = schemes.get(change.scheme, change.version).form.page(kind.page), holding.answered_of(change, kind)
    questions = [question.key for question in page.questions if kind.asks(question.key)]
    asked = [key for key in questions if key in PARTICULARS and not page.scope]
    return {PARTICULARS[key]: data.get(key, NOTHING.get(PARTICULARS[key], "")) for key in asked}


def _list_vehicles(change: Change, kind: ChangeKind, *, at: datetime) -> None:
    """The vehicles that carry workers are one fact, a list: the register may show them."""
    scheme = schemes.get(change.scheme, change.version)
    page = scheme.form.page(kind.page)
    if page.list_of and page.list_of.of == "vehicle":
        now = [dict(item.data) for item in holding.filled_now(change.licence, scheme).on(page)]
        organisations.write_down(
            change.organisation, facts={"vehicles": now}, source=f"change {change.reference}", at=at
        )


def _open_checks(change: Change, kind: ChangeKind, scheme: Scheme, *, at: datetime) -> None:
    """Put the questions that the kind of change names to the other authorities."""
    subject = change.called if kind.act == "add" and change.data.get("full_name") else change.organisation.legal_name
    asked = (
        (check, subject if check.subject == "person" else change.organisation.legal_name, None)
        for check in map(scheme.check, kind.checks)
    )
    Check.objects.bulk_create(subjects.opened(change, asked, scheme=scheme, at=at))
