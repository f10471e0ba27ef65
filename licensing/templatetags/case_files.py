"""The files of a case or a licence beside a form: each opens in a frame of the same page, so nothing that is typed is lost."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from licensing.applications.models import Application
from licensing.cases.queries.reading import files_to_read
from licensing.correspondence.queries import entries_on
from registry.accounts.models import User
from registry.licences.models import Licence

register = template.Library()


@register.inclusion_tag("licensing/cases/files_beside.html", takes_context=True)
def files_beside(context: Context, subject: Application | Licence, on: date) -> dict[str, Any]:
    """Those that this person can open. The view of the page must let them in (`web.framing_own_files`)."""
    by = context["request"].user
    found = _of_case(subject, by, on) if isinstance(subject, Application) else _of_licence(subject, by)
    return {"files": list(found)}


def _of_case(case: Application, by: User, on: date) -> Iterator[tuple[str, str]]:
    """Addresses and names."""
    for one in files_to_read(case, by=by, on=on):
        address = reverse("shown_document", args=[case.reference, one.document.reference])
        yield address, f"{one.sent_as}: {one.document.name}"


def _of_licence(licence: Licence, by: User) -> Iterator[tuple[str, str]]:
    for row in entries_on(licence, by=by):
        for document in row.documents:
            if document.is_served:
                address = reverse("shown_entry_file", args=[row.entry.reference, document.reference])
                yield address, f"{row.entry.title}: {document.name}"
