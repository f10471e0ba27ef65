"""Organisations, licences and conditions in every state, reached by the real actions."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from registry import permissions, schemes
from registry.accounts.models import User
from registry.imports import actions as imports
from registry.imports.models import Import
from registry.licences.actions import conditions, licences
from registry.licences.models import Condition, Licence
from registry.memberships import actions as memberships
from registry.memberships.models import Invitation, Membership
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.premises import actions as premises
from registry.premises.models import Premises
from tests.conftest import NOW
from tests.people import person
from tests.remembered import remembered

SCHEME = "gla-food"
TODAY = timezone.localdate(NOW)


def day(offset: int) -> date:
    """Today, and so many days on."""
    return TODAY + timedelta(days=offset)


def a_decider() -> User:
    return person("decision_maker")


def a_scheme(on: date = TODAY) -> schemes.Scheme:
    return schemes.in_force(SCHEME, on)


@remembered
def an_organisation(legal_name: str = "Abercwm Labour Ltd", *, by: User | None = None, **changes: Any) -> Organisation:
    organisation = organisations.open_file(legal_name=legal_name, by=by or person("applicant"), at=NOW)
    return organisations.update(organisation, changes=changes, by=by, at=NOW) if changes else organisation


def the_membership(organisation: Organisation, user: User) -> Membership:
    return organisation.memberships.get(user=user, until=None)


def with_proved_address(user: User) -> User:
    """They have typed the code that was sent to their address."""
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def an_invitation(
    organisation: Organisation | None = None,
    *,
    email: str = "nia@people.example",
    kind: str = "representative",
    at: datetime = NOW,
) -> Invitation:
    """Somebody has been asked to act for the organisation by whoever opened its file."""
    organisation = organisation or an_organisation()
    return memberships.invite(organisation, email=email, kind=kind, by=_first_of(organisation), at=at)


def somebody_acting(organisation: Organisation, kind: str, *, user: User | None = None, at: datetime = NOW) -> User:
    """Somebody who was invited to act for the organisation as this and has accepted. An agent is still without consent."""
    user = with_proved_address(user or person("applicant"))
    invitation = an_invitation(organisation, email=user.email, kind=kind, at=at)
    return memberships.accept_invitation(invitation, by=user, at=at).user


@remembered
def an_agent(
    organisation: Organisation,
    *,
    covers: tuple[str, ...] = permissions.CAN_BE_COVERED,
    starts: date | None = None,
    until: date | None = None,
    user: User | None = None,
    at: datetime = NOW,
) -> User:
    """An agent of the organisation, on its recorded consent."""
    agent = somebody_acting(organisation, "agent", user=user, at=at)
    memberships.consent(
        the_membership(organisation, agent),
        covers=covers,
        starts=starts or timezone.localdate(at),
        until=until,
        by=_first_of(organisation),
        at=at,
    )
    return agent


def _first_of(organisation: Organisation) -> User:
    return organisation.memberships.answering().select_related("user").order_by("pk")[0].user


@remembered
def a_licence(
    organisation: Organisation | None = None,
    *,
    starts: date | None = None,
    until: date | None = None,
    by: User | None = None,
    at: datetime = NOW,
) -> Licence:
    return licences.issue(
        organisation or an_organisation(),
        scheme=a_scheme(timezone.localdate(at)),
        sectors=["horticulture"],
        countries_supplied=["wales"],
        starts=starts or day(0),
        until=until or day(364),
        by=by or a_decider(),
        at=at,
    )


@remembered
def a_licence_that_is(status: str, *, by: User | None = None) -> Licence:
    """A licence in each status of its lifecycle, by the action that leads there."""
    licence = a_licence(by=by)
    if status == "revoked":
        return licences.revoke(licence, takes_effect=day(30), because="Test.", by=by or a_decider(), at=NOW)
    if status == "surrendered":
        return licences.surrender(licence, takes_effect=day(30), because="Asked for.", by=by or a_decider(), at=NOW)
    if status == "ended":
        return licences.end(licence, ended_from=day(0), because="New number.", by=person("case_officer"), at=NOW)
    assert status == "active"
    return licence


@remembered
def a_suspended_licence(*, starts: date | None = None, until: date | None = None) -> Licence:
    return licences.suspend(
        a_licence(), starts=starts or day(0), until=until or day(30), because="Unsafe.", by=a_decider(), at=NOW
    )


@remembered
def a_condition(licence: Licence | None = None, *, due_on: date | None = None) -> Condition:
    return conditions.impose(
        licence or a_licence(),
        standard="3.1",
        requirement="Keep records of hours.",
        due_on=due_on or day(28),
        on=day(0),
        by=a_decider(),
        at=NOW,
    )


def a_row(**columns: str) -> dict[str, str]:
    """A row of a list of premises, as its file has it."""
    return {
        "approval_number": "HF 001",
        "trading_name": "Hafod Packing Ltd",
        "address_1": "Unit 4",
        "address_2": "Station Yard",
        "address_3": "",
        "town": "Carmarthen",
        "postcode": "SA31 1AB",
        "country": "Wales",
        "local_authority": "Carmarthenshire",
        "activities": "Packing Centre, Cold Store",
        **columns,
    }


TERMS = "Open licence v3 (https://terms.example/an-address-without-any-place-to-break-it/version/3/)"


def an_edition(*rows: dict[str, str], source: str = "a-list", at: datetime = NOW) -> Import:
    """A published list that has been read to its end; lines count from 2, below the header."""
    by = person("system")
    under = imports.begin(
        source=source,
        licence=TERMS,
        file=f"{source}.csv",
        digest=sha256(repr(rows).encode()).hexdigest(),
        by=by,
        at=at,
    )
    under, _reported = premises.import_rows(under, after=0, rows=list(enumerate(rows, 2)), by=by, at=at)
    return premises.finish_import(under, by=by, at=at)


def a_listed_place(**columns: str) -> Premises:
    """A place that a published list names."""
    row = a_row(**columns)
    an_edition(row)
    return Premises.objects.get(approval_number=row["approval_number"], name=row["trading_name"])


@remembered
def a_place_supplied(organisation: Organisation, place: Premises | None = None, *, at: datetime = NOW) -> Premises:
    """A listed place that the organisation has named as one of supply."""
    place = place or a_listed_place()
    given = premises.GivenPlace(place.name, place.address, place.reference, labour_user="Hafod")
    premises.name_places_of_supply(organisation, places=[given], source="application A-1", by=None, at=at)
    return place
