"""Conflicts of interest: declared by whoever has one or by a manager, and over when a manager says so."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry import web
from registry.conflicts import queries


@require_safe
@web.needs("registry.work_for_authority")
def conflicts(request: web.SignedIn) -> HttpResponse:
    found = queries.conflicts(request.GET, by=request.user)
    return web.list_page(request, "registry/conflicts/conflicts.html", found, title=_("Conflicts of interest"))
