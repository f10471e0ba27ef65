"""One request to share with a guarded authority; and, for everyone, how often anything was shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from compliance.guarded_sharing.models import GuardedSharing
from compliance.guarded_sharing.states import SEES
from compliance.reports.views.anonymous import anonymous
from compliance.sharing_requests.queries import published
from compliance.sharing_requests.queries import sharings as queries
from compliance.sharing_requests.steps import OWN, SHARING
from registry import web
from registry.trail.queries import history


@web.page(SEES)
def guarded_sharing(request: web.SignedIn, reference: str) -> HttpResponse:
    rows = GuardedSharing.objects.visible_to(request.user).select_related(*SHARING.related)
    one = get_object_or_404(rows, reference=reference)
    buttons = SHARING.buttons(one, by=request.user, on=timezone.localdate())
    page = {
        "one": one,
        "rows": queries.sharing_rows(one),
        "buttons": [button for button in buttons if button.name not in OWN or one.asked_by == request.user],
        "events": history.in_words(history.history_of(("guardedsharing", reference)), about=reference),
    }
    return render(request, "compliance/sharing_requests/one.html", page)


@anonymous
def shared_counts(request: HttpRequest) -> HttpResponse:
    """In every quarter that is over, how often anything was shared with a guarded authority; zero too."""
    page = {
        "tables": published.published_counts(timezone.now()),
        "headings": published.HEADINGS,
        "referred": published.REFERRED,
    }
    return render(request, "compliance/sharing_requests/reporter_shared.html", page)


@anonymous
def shared_counts_csv(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    rows = [
        (table.title, str(row.quarter), *row.counts, row.total, row.referred)
        for table in published.published_counts(now)
        for row in table.rows
    ]
    titles = (published.KIND, published.QUARTER, *published.HEADINGS, published.TOTAL, published.REFERRED)
    file = web.table_file(
        "shared-with-guarded-authorities", [str(one) for one in titles], rows, on=timezone.localdate(now)
    )
    return HttpResponse(b"".join(file), headers=dict(file.headers))
