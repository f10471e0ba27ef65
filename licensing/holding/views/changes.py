"""What a holder tells has changed, and what it applies to have changed."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from licensing.application_form.forms.fields import language
from licensing.holding import forms
from licensing.holding.actions import alterations, changes
from licensing.holding.models import Change
from licensing.holding.queries import holding
from licensing.holding.rules import holding as rules
from licensing.holding.views.holder import own_licence
from registry import permissions, schemes, web
from registry.errors import Reason, Refused
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.schemes import ChangeKind, Scheme, said


@require_safe
@web.needs("licensing.apply")
def licence_changes(request: web.SignedIn, number: str) -> HttpResponse:
    """What can be told and applied for, each with its deadline, and what has been told so far."""
    own, today = own_licence(request, number), timezone.localdate()
    page = {
        "licence": own,
        "blockers": list(rules.holding_blockers(own, today=today)),
        "offered": holding.offered(own, today=today, language=language()),
        "told": [holding.told_row(change, language=language()) for change in holding.told(own)],
    }
    return render(request, "licensing/holding/holder_changes.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def tell_change(request: web.SignedIn, number: str, kind: str) -> HttpResponse:
    own, today = own_licence(request, number), timezone.localdate()
    scheme = schemes.in_force(own.scheme, today)
    about = _offered(own, scheme, kind)
    if about.sets_off == "application":
        return redirect("alter_licence", number, kind)
    form = _form(request, own, about, scheme, today)
    tried = web.attempt(
        request,
        form,
        changes.tell,
        own,
        typed=lambda: {
            "data": form.answered() if isinstance(form, forms.Told) else {},
            "item": form.cleaned_data.get("item", ""),
            "happened_on": form.cleaned_data["happened_on"],
        },
        kind=kind,
    )
    if tried.is_done:
        return redirect("told_change", number, tried.result.reference)
    page = {
        "licence": own,
        "form": form,
        "kind": holding.kind_row(own, about, scheme, today=today, language=language()),
        "why": said(holding.page_of(about, scheme).why, language()) if about.page else "",
        "blockers": [
            *permissions.act_blockers(request.user, own.organisation, Act.NOTIFY, on=today),
            *rules.holding_blockers(own, today=today),
        ],
        "nobody": isinstance(form, forms.Leaves) and not form.leavers,
        "ends_on": today,
    }
    return web.form_page(request, "licensing/holding/holder_tell_change.html", page)


@require_safe
@web.needs("licensing.apply")
def told_change(request: web.SignedIn, number: str, reference: str) -> HttpResponse:
    """The receipt of what was told: it stays at its address, and says what has become of it."""
    own = own_licence(request, number)
    change = get_object_or_404(Change.objects.acted_for_by(request.user).filter(licence=own), reference=reference)
    page = {"licence": own, "change": change, "row": holding.told_row(change, language=language(), whole=True)}
    return render(request, "licensing/holding/holder_change_sent.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def alter_licence(request: web.SignedIn, number: str, kind: str) -> HttpResponse:
    """What applying for it means; the button starts an application that asks only what it is about."""
    own, today = own_licence(request, number), timezone.localdate()
    scheme = schemes.in_force(own.scheme, today)
    about = _offered(own, scheme, kind)
    if about.sets_off != "application":
        raise Http404
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            begun = alterations.start(own, kind=kind, by=request.user, at=timezone.now())
            return redirect("application_tasks", begun.reference)
        except Refused as refused:
            reasons = refused.reasons
    page = {
        "licence": own,
        "kind": holding.kind_row(own, about, scheme, today=today, language=language()),
        "pages": [said(scheme.form.page(slug).title, language()) for slug in about.pages],
        "under_way": holding.under_way(own, kind),
        "reasons": reasons,
    }
    return render(request, "licensing/holding/holder_alter.html", page, status=422 if reasons else 200)


def _offered(own: Licence, scheme: Scheme, code: str) -> ChangeKind:
    for kind in holding.kinds_for(own, scheme):
        if kind.code == code:
            return kind
    raise Http404


def _form(
    request: web.SignedIn, own: Licence, about: ChangeKind, scheme: Scheme, today: date
) -> forms.Told | forms.Leaves:
    filled, typed = holding.filled_now(own, scheme), web.posted(request)
    if about.act == "remove":
        leavers = holding.leavers(own, about, filled, today=today)
        return forms.Leaves(typed, leavers=[(one.name, one.called) for one in leavers])
    kept: dict[str, Any] = dict(holding.kept_for(own, about, filled))
    ending = [question.key for question in holding.ending_questions(about, scheme)]
    return forms.Told(filled, holding.page_of(about, scheme), kept=kept, today=today, ending=ending, data=typed)
