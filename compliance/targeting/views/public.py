"""For everybody: how it is chosen whom to visit."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.targeting.queries import published_record as queries


@login_not_required
@require_safe
def how_we_choose(request: HttpRequest) -> HttpResponse:
    """The algorithmic transparency record (docs/rules.md C73), from the packs and the weights in force."""
    records = queries.published_records(timezone.localdate())
    return render(request, "compliance/targeting/public_how_we_choose.html", {"records": records})
