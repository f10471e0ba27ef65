"""For whoever meets people who may be victims: what to do at once, and referrals from the first word to the last answer.

No form here is held over a sign-in: what is typed of a person waits in no session (`web.posted`, and no seal).
"""

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from compliance.safeguarding.queries import danger_card
from compliance.safeguarding.queries import referrals as referrals_queries
from compliance.safeguarding.views.referrals import PREPARES, READS
from registry import web
from registry.trail.actions import exports
from registry.worklists.models import WorkList


@require_safe
@web.needs("registry.work_for_authority")
def danger(request: web.SignedIn) -> HttpResponse:
    """What to do when somebody is in danger: one click from every report, inspection and interview."""
    card = danger_card.card(request.GET.get("scheme", ""), on=timezone.localdate())
    page = {
        "card": card,
        "lead": settings.SAFEGUARDING_TELEPHONE,
        "report": request.GET.get("report", ""),
        "inspection": request.GET.get("inspection", ""),
    }
    return render(request, "compliance/safeguarding/danger.html", page)


@require_safe
@web.needs(PREPARES, READS)
def referrals(request: web.SignedIn) -> HttpResponse:
    found = referrals_queries.referrals(request.GET, by=request.user)
    return web.list_page(
        request,
        "compliance/safeguarding/list.html",
        found,
        of_list=WorkList.REFERRALS,
        offered=referrals_queries.views(),
        title=_("Referrals"),
    )


@require_POST
@web.needs(PREPARES, READS)
@web.needs("registry.export_lists")
def referrals_csv(request: web.SignedIn) -> HttpResponseBase:
    found = referrals_queries.referrals(request.GET, by=request.user)
    return web.list_file(request, WorkList.REFERRALS, found, referrals_queries.columns(), note=exports.take_list)
