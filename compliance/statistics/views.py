"""For those who watch the work: counts for the public as a quarterly release will print them, and each table as a file."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.statistics import actions as counting
from compliance.statistics.models import StatisticsSubject, Tabulation
from compliance.statistics.queries import counts as counted
from compliance.statistics.queries import tabulations
from registry import schemes, web
from registry.editions.states import REVIEWS
from registry.schemes import Scheme, said
from registry.trail.actions import exports

SEES = "compliance.view_counts"


@web.page(SEES, REVIEWS)
def counts(request: web.SignedIn) -> HttpResponse:
    """All tables with their charts, of one scheme: no total over schemes, from which others could be told."""
    chosen = _chosen(request)
    made = _made(chosen)
    page = {
        "counted_at": made and made.counted_at,
        "figures": [one.newest_first() for one in counted.count_figures(made)] if made else [],
        "schemes": [(one.name, said(one.title, get_language())) for one in _schemes()],
        "chosen": chosen.name if chosen else "",
    }
    return render(request, "compliance/statistics/counts.html", page)


@web.button(SEES)
def count_again(request: web.SignedIn) -> HttpResponse:
    """Count everything now, and not in the next night."""
    counting.tabulate(by=request.user, at=timezone.now())
    messages.success(request, _("Everything has been counted again."))
    return redirect(f"{reverse('counts')}?{web.query_to_keep(request.GET)}")


@web.button(SEES)
@web.needs("registry.export_lists")
def count_csv(request: web.SignedIn, code: str) -> HttpResponseBase:
    """One of the tables as CSV; that it was taken is noted on the trail."""
    at, scheme = timezone.now(), _chosen(request)
    made = _made(scheme)
    shown = counted.count_figure(code, made) if made else None
    if made is None or shown is None:
        raise Http404
    exports.take_list(f"counts: {code}", chosen={"scheme": made.scheme}, rows=len(shown.rows), by=request.user, at=at)
    return web.table_file(code, shown.headings, shown.rows, on=timezone.localdate(made.counted_at))


def _made(scheme: Scheme | None) -> Tabulation | None:
    return next(iter(tabulations.tabulated(StatisticsSubject.PUBLIC, scheme.name)), None) if scheme else None


def _schemes() -> list[Scheme]:
    return schemes.all_in_force(timezone.localdate())


def _chosen(request: web.SignedIn) -> Scheme | None:
    """The scheme that the address names; else the one that has been in force for longest."""
    offered = sorted(_schemes(), key=lambda one: schemes.versions(one.name)[0])
    named = [one for one in offered if one.name == request.GET.get("scheme", "")]
    return next(iter([*named, *offered]), None)
