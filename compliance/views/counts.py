"""For those who watch the work: counts for the public as a quarterly release will print them, and each table as a file."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from compliance import queries
from registry import schemes, web
from registry.actions import exports
from registry.schemes import Scheme, said

SEES = "compliance.view_counts"


@require_safe
@web.needs(SEES)
def counts(request: web.SignedIn) -> HttpResponse:
    """All tables with their charts, of one scheme: no total over schemes, from which others could be told."""
    today = timezone.localdate()
    offered, chosen = _schemes(), _chosen(request)
    page = {
        "figures": queries.count_figures(chosen, today) if chosen else [],
        "schemes": [(one.name, said(one.title, get_language())) for one in offered],
        "chosen": chosen.name if chosen else "",
    }
    return render(request, "compliance/staff/counts.html", page)


@require_POST
@web.needs(SEES)
@web.needs("registry.export_lists")
def count_csv(request: web.SignedIn, code: str) -> HttpResponseBase:
    """One of the tables as CSV; that it was taken is noted on the trail."""
    at, scheme = timezone.now(), _chosen(request)
    today = timezone.localdate(at)
    shown = queries.count_figure(code, scheme, today) if scheme else None
    if shown is None or scheme is None:
        raise Http404
    exports.take_list(f"counts: {code}", chosen={"scheme": scheme.name}, rows=len(shown.rows), by=request.user, at=at)
    return web.table_file(code, shown.headings, shown.rows, on=today)


def _schemes() -> list[Scheme]:
    today = timezone.localdate()
    return [schemes.in_force(name, today) for name in schemes.names() if schemes.versions(name)[0] <= today]


def _chosen(request: web.SignedIn) -> Scheme | None:
    """The scheme that the address names; else the one that has been in force for longest."""
    offered = sorted(_schemes(), key=lambda one: schemes.versions(one.name)[0])
    named = [one for one in offered if one.name == request.GET.get("scheme", "")]
    return next(iter([*named, *offered]), None)
