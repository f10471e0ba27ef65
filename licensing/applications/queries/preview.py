"""What the register would show of an applicant, by the answers of the application so far."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from licensing.application_form.rules.facts import NOTHING
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.applications.rules.particulars import particulars_of, shown_people_of, vehicles_of
from registry.organisations.models import Organisation
from registry.organisations.queries import registrations
from registry.register.models import Entry, Listing
from registry.register.rules import holder_content
from registry.register.states import Standing
from registry.schemes import said

#: Particulars of which there are several, one on each line.
LISTS = frozenset(key for key, nothing in NOTHING.items() if nothing == [])


def previewed_entry(application: Application, *, at: datetime) -> Entry:
    """The entry that a licence would have, if it were granted by these answers. It is not kept."""
    filled = applications.form_of(application, today=timezone.localdate(at))
    scheme, own = filled.scheme, application.organisation
    particulars = {"legal_name": own.legal_name} | {
        key: _lines(value) if key in LISTS else value for key, value in particulars_of(filled).items() if value
    }
    content = {
        **holder_content(
            Organisation(**particulars),
            scheme,
            people=shown_people_of(filled),
            vehicles=registrations(vehicles_of(filled)),
        ),
        "scheme": scheme.name,
        "sectors": list(filled.facts.get("sectors", [])),
        "supplies_to": list(filled.facts.get("countries_supplied", [])),
        "issued_by": said(scheme.authority.name, "en"),
    }
    return Entry.previewed(Listing(), content, standing=Standing.LICENSED, at=at)


def _lines(value: Any) -> list[str]:
    """What is not right yet is kept as it was typed."""
    return value.splitlines() if isinstance(value, str) else list(value)
