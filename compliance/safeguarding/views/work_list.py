"""For whoever meets people who may be victims: what to do at once, and referrals from the first word to the last answer.

No form here is held over a sign-in: what is typed of a person waits in no session (`web.posted`, and no seal).
"""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.danger import actions
from compliance.danger import queries as danger_signs
from compliance.danger.models import DangerSign, DangerSource
from compliance.safeguarding.queries import danger_card as queries
from compliance.safeguarding.queries import follow_ups
from compliance.safeguarding.queries.origins import origin as origin_of
from compliance.safeguarding.states import READS
from registry import web
from registry.accounts.models import User
from registry.forms import Confirm


@web.page("registry.work_for_authority")
def danger(request: web.SignedIn) -> HttpResponse:
    """What to do when somebody is in danger: one click from every report, inspection and interview."""
    began = {name: request.GET.get(name, "")[:20] for name in ("report", "inspection")}
    card = queries.card(request.GET.get("scheme", ""), on=timezone.localdate())
    page = {
        "card": card,
        "lead": settings.SAFEGUARDING_TELEPHONE,
        **began,
        "signs": danger_signs.open_signs(request.user),
    }
    return render(request, "compliance/safeguarding/danger.html", page)


@web.page_with_form("registry.work_for_authority")
def raise_danger(request: web.SignedIn) -> HttpResponse:
    """Alarm those on duty: one button, with the report or the inspection from which one came."""
    began = {name: request.GET.get(name, "")[:20] for name in ("report", "inspection")}
    origin = origin_of(**began, by=request.user)

    def raised(*, by: User, at: datetime) -> DangerSign:
        report, visit = origin["report"], origin["inspection"]
        return actions.raise_danger(DangerSource.OFFICER, report=report, inspection=visit, by=by, at=at)

    form = Confirm(web.posted(request))
    tried = web.attempt(request, form, raised)
    page = {"form": form, "title": _("Raise the alarm"), "raised": tried.result if tried.is_done else None}
    return web.form_page(request, "compliance/danger/raise.html", page)


@web.page(READS)
def follow_up_answers(request: web.SignedIn) -> HttpResponse:
    """How often each answer was recorded after a referral, such as what helped most."""
    scheme = queries.referring_scheme("", on=timezone.localdate())
    counted = follow_ups.counts_of_answers(scheme, by=request.user) if scheme else []
    return render(request, "compliance/safeguarding/answers.html", {"counted": counted})
