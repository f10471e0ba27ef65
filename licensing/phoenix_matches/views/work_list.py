"""The work lists of applications, decisions, dates, changes, look-alikes and licences: as pages, and as files to take away."""

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from licensing.applications.views.officer import TAKES
from licensing.phoenix_matches.queries import columns
from licensing.phoenix_matches.queries import links as link_queries
from registry import web
from registry.trail.actions import exports
from registry.worklists.models import ListName

SEES_LOOK_ALIKES = "licensing.view_look_alikes"


@require_safe
@web.needs(SEES_LOOK_ALIKES)
def look_alikes(request: web.SignedIn) -> HttpResponse:
    return web.list_page(
        request,
        "licensing/phoenix_matches/officer_matches.html",
        link_queries.look_alikes(request.GET, by=request.user, on=timezone.localdate()),
        of_list=ListName.LOOK_ALIKES,
        offered=link_queries.views(),
        title=_("Possible phoenix businesses"),
    )


@require_POST
@web.needs(SEES_LOOK_ALIKES)
@web.needs(TAKES)
def look_alikes_csv(request: web.SignedIn) -> HttpResponseBase:
    found = link_queries.look_alikes(request.GET, by=request.user, on=timezone.localdate())
    return web.list_file(request, ListName.LOOK_ALIKES, found, columns.look_alike_columns(), note=exports.take_list)
