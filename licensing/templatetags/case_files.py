"""The files of a case beside a form: each opens in a frame of the same page, so nothing that is typed is lost."""

from datetime import date
from typing import Any

from django import template
from django.template import Context

from licensing.applications.models import Application
from licensing.cases.queries.reading import files_to_read

register = template.Library()


@register.inclusion_tag("licensing/cases/files_beside.html", takes_context=True)
def files_beside(context: Context, application: Application, on: date) -> dict[str, Any]:
    """Those that this person can open. The view of the page must let them in (`web.framing_own_files`)."""
    files = files_to_read(application, by=context["request"].user, on=on)
    return {"application": application, "files": files}
