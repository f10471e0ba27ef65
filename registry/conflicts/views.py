"""Conflicts of interest: declared by whoever has one or by a manager, and over when a manager says so."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry import web
from registry.accounts.models import User
from registry.conflicts import actions, forms, queries, rules
from registry.conflicts.models import Conflict


@require_safe
@web.needs("registry.work_for_authority")
def conflicts(request: web.SignedIn) -> HttpResponse:
    found = queries.conflicts(request.GET, by=request.user)
    return web.list_page(request, "registry/conflicts/conflicts.html", found, title=_("Conflicts of interest"))


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

    def declared(*, officer: User = request.user, **typed: Any) -> object:
        return actions.declare(officer, **typed)

    if web.attempt(request, form, declared).is_done:
        return redirect("conflicts")
    return web.form_page(request, "registry/conflicts/declare_conflict.html", {"form": form})


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
