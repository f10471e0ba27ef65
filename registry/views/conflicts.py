"""Conflicts of interest: declared by whoever has one or by a manager, and over when a manager says so."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry import forms, queries, rules, web
from registry.actions import conflicts as actions
from registry.models import Conflict


@require_safe
@web.needs("registry.work_for_authority")
def conflicts(request: web.SignedIn) -> HttpResponse:
    found = queries.conflicts(request.GET, by=request.user)
    return web.list_page(request, "registry/staff/conflicts.html", found, title=_("Conflicts of interest"))


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.work_for_authority")
def declare_conflict(request: web.SignedIn) -> HttpResponse:
    """One's own; whoever manages the work may declare anybody's."""
    manages = request.user.has_perm("registry.manage_conflicts")
    form = forms.Declare(
        web.posted(request),
        initial={"organisation": request.GET.get("organisation", ""), "since": timezone.localdate()},
        officers=queries.officers() if manages else None,
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        with web.reasons_on(form):
            actions.declare(given.pop("officer", request.user), by=request.user, at=timezone.now(), **given)
            return redirect("conflicts")
    return render(request, "registry/staff/declare_conflict.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.manage_conflicts")
def end_conflict(request: web.SignedIn, reference: str) -> HttpResponse:
    one = get_object_or_404(Conflict.objects.select_related("officer", "organisation"), reference=reference)
    form = forms.ConflictOver(web.posted(request))
    if form.is_valid():
        with web.reasons_on(form):
            actions.end(one, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("conflicts")
    page = {"conflict": one, "form": form, "blockers": list(rules.end_conflict_blockers(one, by=request.user))}
    return render(request, "registry/staff/end_conflict.html", page, status=422 if form.errors else 200)
