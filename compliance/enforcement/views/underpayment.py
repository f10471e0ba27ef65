"""Notices of underpayment and orders on conviction: lists, pages, and one page for each step of a table."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.enforcement.actions import orders as order_actions
from compliance.enforcement.actions import underpayment as actions
from compliance.enforcement.forms import cases as shared_forms
from compliance.enforcement.forms import underpayment as forms
from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.queries import underpayment as queries
from compliance.enforcement.rules import orders as order_rules
from compliance.enforcement.rules import underpayment as rules
from compliance.enforcement.steps import APPROVES, METHODS, SEES, WORKS, Step, buttons_of, chosen, plain, step_page
from compliance.inspections import forms as shared
from registry import web
from registry.accounts.models import User
from registry.conflicts.queries import named
from registry.errors import Reason
from registry.trail.actions import exports
from registry.worklists.models import WorkList


@require_safe
@web.needs(*SEES)
def notices(request: web.SignedIn) -> HttpResponse:
    found, offered = queries.notices(request.GET, by=request.user), queries.views()
    page, title = "compliance/enforcement/underpayments.html", _("Notices of underpayment")
    return web.list_page(request, page, found, of_list=WorkList.UNDERPAYMENTS, offered=offered, title=title)


@require_POST
@web.needs(*SEES)
@web.needs("registry.export_lists")
def notices_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.notices(request.GET, by=request.user)
    return web.list_file(request, WorkList.UNDERPAYMENTS, found, queries.columns(), note=exports.take_list)


@require_http_methods(METHODS)
@web.needs(WORKS)
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
    page = {"form": form, "title": _("Draft a notice of underpayment"), "came": came, "back": "underpayments"}
    return web.form_page(request, "compliance/enforcement/form.html", page)


@require_safe
@web.needs(*SEES)
def notice(request: web.SignedIn, reference: str) -> HttpResponse:
    one = _notice(request, reference)
    page = {"one": one, "file": queries.notice_file(one), "buttons": buttons_of(NOTICE_ACTS, one, request.user)}
    return render(request, "compliance/enforcement/underpayment.html", page)


def _moves(move: str) -> Callable[[Any, User], Iterable[Reason]]:
    return lambda one, by: rules.move_blockers(one, move)


NOTICE_ACTS: dict[str, Step] = {
    "serve": Step(
        gettext_lazy("Serve the notice"), APPROVES, plain(shared.Press),
        lambda one, by: rules.serve_blockers(one, by=by), actions.serve_underpayment, letters=True,
    ),
    "leave": Step(
        gettext_lazy("Do not serve it"), APPROVES, plain(shared_forms.Because), _moves("leave_underpayment"),
        actions.leave_underpayment,
    ),
    "settle": Step(
        gettext_lazy("All of it was paid"), WORKS, plain(forms.Settle), lambda one, by: rules.settle_blockers(one),
        actions.settle_underpayment, press=gettext_lazy("Record the payment"),
    ),
    "withdraw": Step(
        gettext_lazy("Withdraw the notice"), APPROVES, plain(shared_forms.Because),
        lambda one, by: rules.withdraw_blockers(one, by=by), actions.withdraw_underpayment,
        letters=True,
    ),
    "enforce": Step(
        gettext_lazy("Go to the court"), APPROVES, plain(forms.Enforce),
        lambda one, by: rules.enforce_blockers(one, by=by), actions.enforce_underpayment,
    ),
}  # fmt: skip


@require_http_methods(METHODS)
@web.needs(WORKS, APPROVES)
def notice_act(request: web.SignedIn, reference: str, act: str) -> HttpResponse:
    step = chosen(NOTICE_ACTS, act, request.user)
    return step_page(request, _notice(request, reference), step, "underpayment")


# --- orders on conviction ---


@require_safe
@web.needs(*SEES)
def order(request: web.SignedIn, reference: str) -> HttpResponse:
    one = _order(request, reference)
    page = {"one": one, "file": queries.order_file(one), "buttons": buttons_of(ORDER_ACTS, one, request.user)}
    return render(request, "compliance/enforcement/conviction_order.html", page)


ORDER_ACTS: dict[str, Step] = {
    "compare": Step(
        gettext_lazy("It is what the court has written"), APPROVES, plain(shared.Press),
        lambda one, by: order_rules.compare_blockers(one, by=by), order_actions.compare_order,
        press=gettext_lazy("Confirm the order"),
    ),
    "strike": Step(
        gettext_lazy("Strike it out"), APPROVES, plain(shared_forms.Because),
        lambda one, by: order_rules.move_blockers(one, "strike_order"), order_actions.strike_order,
    ),
    "vary": Step(
        gettext_lazy("The court has varied the order"), WORKS, plain(shared_forms.Vary),
        lambda one, by: order_rules.vary_blockers(one), order_actions.vary_holding_order,
        press=gettext_lazy("Record how it was varied"),
    ),
    "lift": Step(
        gettext_lazy("The court has discharged the order"), WORKS, plain(shared_forms.Because),
        lambda one, by: order_rules.move_blockers(one, "lift_order"), order_actions.lift_order,
        press=gettext_lazy("Record that it was discharged"),
    ),
}  # fmt: skip


@require_http_methods(METHODS)
@web.needs(WORKS, APPROVES)
def order_act(request: web.SignedIn, reference: str, act: str) -> HttpResponse:
    step = chosen(ORDER_ACTS, act, request.user)
    return step_page(request, _order(request, reference), step, "conviction_order")


def _notice(request: web.SignedIn, reference: str) -> UnderpaymentNotice:
    mine = UnderpaymentNotice.objects.visible_to(request.user).select_related(
        "organisation", "inspection", "drafted_by", "served_by", "enforced_by"
    )
    return get_object_or_404(mine, reference=reference)


def _order(request: web.SignedIn, reference: str) -> ConvictionOrder:
    mine = ConvictionOrder.objects.visible_to(request.user).select_related(
        "case__organisation", "written_by", "compared_by"
    )
    return get_object_or_404(mine, reference=reference)
