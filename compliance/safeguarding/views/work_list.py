"""For whoever meets people who may be victims: what to do at once, and referrals from the first word to the last answer.

No form here is held over a sign-in: what is typed of a person waits in no session (`web.posted`, and no seal).
"""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.safeguarding.queries import danger_card as queries
from registry import web


@require_safe
@web.needs("registry.work_for_authority")
def danger(request: web.SignedIn) -> HttpResponse:
    """What to do when somebody is in danger: one click from every report, inspection and interview."""
    card = queries.card(request.GET.get("scheme", ""), on=timezone.localdate())
    page = {
        "card": card,
        "lead": settings.SAFEGUARDING_TELEPHONE,
        "report": request.GET.get("report", ""),
        "inspection": request.GET.get("inspection", ""),
    }
    return render(request, "compliance/safeguarding/danger.html", page)
