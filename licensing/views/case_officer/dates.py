"""The list of all open dates."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from licensing.queries import dates as queries
from registry import web

MOST_IN_A_FILE = 10_000


@require_safe
@web.needs("licensing.view_decisions")
def dates_due(request: web.SignedIn) -> HttpResponse:
    found = queries.dates(request.GET, by=request.user, on=timezone.localdate())
    asked = request.GET.urlencode()
    file = reverse("dates_due_csv") + (f"?{asked}" if asked else "")
    return web.list_page(request, "licensing/case_officer/dates_due.html", found, title=_("Dates due"), csv=file)


@require_safe
@web.needs("licensing.view_decisions")
def dates_due_csv(request: web.SignedIn) -> HttpResponse:
    """What the list shows under the same filters; no cell is a formula (conventions C72)."""
    found = queries.dates(request.GET, by=request.user, on=timezone.localdate())
    if not found.form.is_valid():
        return render(request, "400.html", status=422)
    headers = {"Content-Disposition": 'attachment; filename="dates-due.csv"'}
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    rows = csv.writer(answer)
    rows.writerow(
        [
            _("Day"),
            _("Working days left"),
            _("What"),
            _("Rule"),
            _("Organisation"),
            _("Who must act"),
            _("Who sees to it"),
        ]
    )
    for one in found.listed(MOST_IN_A_FILE):
        texts = (one.title, f"{one.rule} {one.law}".strip(), one.about, one.turn, one.officer or "")
        rows.writerow([one.due_on, one.left, *(web.spreadsheet_cell(str(text)) for text in texts)])
    return answer
