"""For everyone: how visits are chosen, and what it takes to repeat a random selection."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.targeting.models import VisitRound
from compliance.targeting.queries import published_record as queries
from compliance.targeting.queries import published_rounds
from compliance.targeting.states import RECIPE

VERIFIER = settings.BASE_DIR / "docs" / "verify_round.py"


@login_not_required
@require_safe
def how_we_choose(request: HttpRequest) -> HttpResponse:
    """The algorithmic transparency record (docs/rules.md C73), from the packs, the weights in force and the rounds."""
    records = queries.published_records(timezone.localdate())
    page = {"records": records, "said_of_all": queries.said_of_all(records)}
    return render(request, "compliance/targeting/public_how_we_choose.html", page)


@login_not_required
@require_safe
def round_file(request: HttpRequest, reference: str) -> HttpResponse:
    """What anyone needs to repeat the random selection of a round."""
    one = get_object_or_404(VisitRound, reference=reference, recipe=RECIPE)
    headers = {"Content-Disposition": f'attachment; filename="{reference}.json"'}
    return JsonResponse(published_rounds.published_round(one), headers=headers)


@login_not_required
@require_safe
def round_verifier(request: HttpRequest) -> HttpResponse:
    """The program that repeats it, for a machine that has nothing but Python."""
    headers = {"Content-Disposition": 'attachment; filename="verify_round.py"'}
    return HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8", headers=headers)
