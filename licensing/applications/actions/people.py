"""Putting people on the lists of the form by their name: from the companies register with one press, or typed."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.application_form.rules.registered import NAME, place_of, register_people
from licensing.applications.actions.applications import add_person, save_page
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.applications.rules import applications as rules
from registry.accounts.models import User
from registry.errors import refuse_for


@transaction.atomic
def name_from_register(
    application: Application, *, person: str, is_principal: bool = False, by: User, at: datetime
) -> None:
    """Name an officer or owner that the companies register names, in every role that it gives and that is still missing.

    `person` is the key of the name that is offered. With `is_principal` they are also who answers for the organisation. Only the name
    is answered: the rest is asked. Raises `Refused` (not_offered, and what keeps an answer from being saved).
    """
    filled = applications.form_of(application, today=timezone.localdate(at))
    offered = next((one for one in register_people(filled) if one.key == person), None)
    refuse_for(rules.register_blockers(offered, is_principal=is_principal))
    assert offered is not None
    place = offered.place
    if is_principal and offered.own_page:
        place = offered.own_page.slug
        _save_name(application, place, "", offered.name, by=by, at=at)
    for page in offered.pages:
        item = _name_on(application, page.slug, offered.name, place, by=by, at=at)
        place = place or f"{page.slug}/{item}"


@transaction.atomic
def name_person(application: Application, *, page: str, name: str, by: User, at: datetime) -> str:
    """Put a person on a list by their name, and return the name of the thing; the rest is asked, of them or of the applicant.

    Who is named elsewhere under this name is that person. Raises `Refused` (named_already, and what keeps an answer from being saved).
    """
    filled = applications.form_of(application, today=timezone.localdate(at))
    refuse_for(rules.name_blockers(filled, page=page, name=name))
    return _name_on(application, page, name.strip(), place_of(filled, name), by=by, at=at)


def _name_on(application: Application, page: str, name: str, place: str, *, by: User, at: datetime) -> str:
    """On this list, as who is named at the place, if they are named."""
    item = secrets.token_hex(5)
    if place:
        add_person(application, page=page, item=item, person=place, by=by, at=at)
    else:
        _save_name(application, page, item, name, by=by, at=at)
    return item


def _save_name(application: Application, page: str, item: str, name: str, *, by: User, at: datetime) -> None:
    save_page(application, page=page, item=item, data={NAME: name}, keys={NAME}, is_complete=False, by=by, at=at)
