"""Notices of underpayment and orders on conviction: how a notice is drafted, and their pages."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.enforcement.actions import underpayment as actions
from compliance.enforcement.forms import underpayment as forms
from compliance.enforcement.lists import SEES
from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.queries import underpayment as queries
from compliance.enforcement.queries.cases import begins_with
from compliance.enforcement.steps.cases import WORKS
from compliance.enforcement.steps.underpayment import NOTICE, ORDER
from registry import web
from registry.accounts.models import User
from registry.conflicts.queries import named


@web.page_with_form(WORKS)
def draft(request: web.SignedIn) -> HttpResponse:
    """From an inspection, or about the organisation whose number is typed."""
    came = queries.inspection_named(request.GET.get("inspection", ""), by=request.user)
    scheme = queries.sanctioning_scheme(came.scheme if came else "", on=timezone.localdate())
    if scheme is None:
        raise Http404
    form = forms.Draft(web.typed(request), initial={"number": came.organisation.reference if came else ""})

    def drafted(*, number: str, reasons: str, by: User, at: datetime, **_rows: Any) -> UnderpaymentNotice:
        organisation = named(number)
        return actions.draft_underpayment(
            organisation,
            scheme=scheme,
            inspection=came if came and came.organisation == organisation else None,
            reasons=reasons,
            owed=form.owed,
            by=by,
            at=at,
        )

    tried = web.attempt(request, form, drafted)
    if tried.is_done:
        return redirect("underpayment", tried.result.reference)
    title, back = _("Draft a notice of underpayment"), reverse("underpayments")
    return web.show_form(request, form, title=title, about=begins_with(came), press=title, back=back)


@web.page(*SEES)
def notice(request: web.SignedIn, reference: str) -> HttpResponse:
    one = NOTICE.subject(request.user, reference=reference)
    page = {
        "one": one,
        "file": queries.notice_file(one),
        "buttons": NOTICE.buttons(one, by=request.user, on=timezone.localdate()),
    }
    return render(request, "compliance/enforcement/underpayment.html", page)


# --- orders on conviction ---


@web.page(*SEES)
def order(request: web.SignedIn, reference: str) -> HttpResponse:
    one = ORDER.subject(request.user, reference=reference)
    page = {
        "one": one,
        "file": queries.order_file(one),
        "buttons": ORDER.buttons(one, by=request.user, on=timezone.localdate()),
    }
    return render(request, "compliance/enforcement/conviction_order.html", page)
