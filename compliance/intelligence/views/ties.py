"""What hangs together: said on the page of a piece of intelligence, looked at as a chart and a table."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.intelligence import forms, rules
from compliance.intelligence.actions import ties as actions
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.ties import Tie
from compliance.intelligence.queries import ties as queries
from compliance.intelligence.states import EntityKind
from compliance.intelligence.views.intelligence import one_read
from registry import web
from registry.accounts.models import User
from registry.conflicts.queries import called_by
from registry.form_fields import Because

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@web.needs("compliance.read_intelligence")
def entity(request: web.SignedIn, reference: str) -> HttpResponse:
    found = queries.entity_of(reference, by=request.user)
    if found is None:
        raise Http404
    file = queries.entity_file(found, by=request.user)
    web.shows(request, *(tie.intelligence for row in file.rows for tie in row.rests_on), way="page")
    return render(request, "compliance/intelligence/entity.html", {"file": file})


@require_http_methods(METHODS)
@web.needs("compliance.record_intelligence")
def tie(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_read(request, reference)
    if not isinstance(one, Intelligence):
        return one
    form = forms.Tie(web.typed(request))

    def tied(*, by: User, at: datetime, **typed: Any) -> object:
        first, second = _named(typed, "first"), _named(typed, "second")
        said = {name: typed[name] for name in ("how", "strength", "since", "until")}
        return actions.tie(one, first=first, second=second, **said, by=by, at=at)

    if web.attempt(request, form, tied, made_of=[one]).is_done:
        return redirect("intelligence", reference)
    facts = {"form": form, "title": _("Record a connection"), "text": one.sanitised_text}
    return web.form_page(request, "compliance/intelligence/form.html", facts)


def _named(typed: dict[str, Any], where: str) -> rules.ComparedName:
    kind, name = typed[f"{where}_kind"], typed[where]
    return rules.named(kind, name, called_by(name) if kind == EntityKind.ORGANISATION else None, where=where)


@require_http_methods(METHODS)
@web.needs("compliance.record_intelligence")
def untie(request: web.SignedIn, reference: str, key: int) -> HttpResponse:
    found = get_object_or_404(
        Tie.objects.visible_to(request.user).select_related("first", "second"),
        intelligence__reference=reference,
        pk=key,
    )
    read = one_read(request, reference)
    if not isinstance(read, Intelligence):
        return read
    form = Because(web.typed(request))
    tried = web.attempt(request, form, actions.untie, found, made_of=[found.intelligence])
    if tried.is_done:
        return redirect("intelligence", reference)
    facts = {"form": form, "title": _("Take back a link"), "text": f"{found.first} {found.how} {found.second}"}
    return web.form_page(request, "compliance/intelligence/form.html", facts)
