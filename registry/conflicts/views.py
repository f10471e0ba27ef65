"""Conflicts of interest: declared by whoever has one or by a manager, and over when a manager says so."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry import web
from registry.conflicts import actions, forms, queries, rules
from registry.conflicts.models import Conflict


@require_safe
@web.needs("registry.work_for_authority")
def conflicts(request: web.SignedIn) -> HttpResponse:
    found = queries.conflicts(request.GET, by=request.user)
    return web.list_page(request, "registry/conflicts/conflicts.html", found, title=_("Conflicts of interest"))


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.manage_conflicts")
def end_conflict(request: web.SignedIn, reference: str) -> HttpResponse:
    one = get_object_or_404(Conflict.objects.select_related("officer", "organisation"), reference=reference)
    form = forms.ConflictOver(web.posted(request))
    tried = web.attempt(request, form, actions.end, one)
    if tried.is_done:
        return redirect("conflicts")
    page = {"conflict": one, "form": form, "blockers": list(rules.end_conflict_blockers(one, by=request.user))}
    return web.form_page(request, "registry/conflicts/end_conflict.html", page)
