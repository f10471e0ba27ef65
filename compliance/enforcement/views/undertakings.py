"""Undertakings and the orders that follow them: the list, the page, and one page for each step of a table."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.enforcement.actions import undertakings as actions
from compliance.enforcement.forms import cases as forms
from compliance.enforcement.models.undertakings import Undertaking
from compliance.enforcement.queries import underpayment
from compliance.enforcement.queries import undertakings as queries
from compliance.enforcement.rules import undertakings as rules
from compliance.enforcement.steps import APPROVES, METHODS, SEES, WORKS, Step, buttons_of, chosen, plain, step_page
from compliance.inspections import forms as shared
from registry import web
from registry.accounts.models import User
from registry.errors import Reason
from registry.trail.actions import exports
from registry.worklists.models import WorkList

#: As many orders on conviction as stand above the list: courts make few.
ORDERS = 100


@require_safe
@web.needs(*SEES)
def undertakings(request: web.SignedIn) -> HttpResponse:
    found = queries.undertakings(request.GET, by=request.user)
    offered = queries.views_of_undertakings()
    page, title = "compliance/enforcement/undertakings.html", _("Undertakings and orders")
    orders = list(underpayment.orders_for(request.user)[:ORDERS])
    of_list = WorkList.UNDERTAKINGS
    return web.list_page(request, page, found, of_list=of_list, offered=offered, title=title, orders=orders)


@require_POST
@web.needs(*SEES)
@web.needs("registry.export_lists")
def undertakings_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.undertakings(request.GET, by=request.user)
    columns = queries.undertaking_columns()
    return web.list_file(request, WorkList.UNDERTAKINGS, found, columns, note=exports.take_list)


@require_safe
@web.needs(*SEES)
def undertaking(request: web.SignedIn, reference: str) -> HttpResponse:
    one = _undertaking(request, reference)
    buttons = buttons_of(UNDERTAKING_ACTS, one, request.user)
    page = {"one": one, "file": queries.undertaking_file(one), "buttons": buttons}
    return render(request, "compliance/enforcement/undertaking.html", page)


def _moves(move: str) -> Callable[[Any, User], Iterable[Reason]]:
    return lambda one, by: rules.move_blockers(one, move)


UNDERTAKING_ACTS: dict[str, Step] = {
    "serve": Step(
        gettext_lazy("Serve the notice"), APPROVES, plain(shared.Press),
        lambda one, by: rules.serve_blockers(one, by=by), actions.serve, letters=True,
    ),
    "discard": Step(
        gettext_lazy("Do not serve it"), APPROVES, plain(forms.Because), _moves("discard"),
        actions.discard,
    ),
    "negotiate": Step(
        gettext_lazy("The other side negotiates"), WORKS, plain(forms.Because), _moves("negotiate"),
        actions.negotiate, press=gettext_lazy("Record that they negotiate"),
    ),
    "extend": Step(
        gettext_lazy("More time, as agreed"), WORKS, plain(forms.Extend),
        lambda one, by: rules.extend_blockers(one), actions.extend_negotiation,
        press=gettext_lazy("Give more time"),
    ),
    "accept": Step(
        gettext_lazy("Accept the undertaking"), APPROVES, plain(shared.Press),
        lambda one, by: rules.accept_blockers(one, on=timezone.localdate()), actions.accept_undertaking, letters=True,
    ),
    "refuse": Step(
        gettext_lazy("The other side refuses"), WORKS, plain(forms.Because), _moves("refuse_undertaking"),
        actions.refuse_undertaking, press=gettext_lazy("Record the refusal"),
    ),
    "release": Step(
        gettext_lazy("Release"), APPROVES, plain(forms.Because), _moves("release"),
        actions.release,
    ),
    "breach": Step(
        gettext_lazy("It was breached"), WORKS, plain(forms.Because), _moves("breach"),
        actions.breach, press=gettext_lazy("Record the breach"),
    ),
    "apply": Step(
        gettext_lazy("Apply for an order"), APPROVES, plain(forms.Court),
        lambda one, by: rules.apply_blockers(one, by=by), actions.apply_for_order,
    ),
    "order": Step(
        gettext_lazy("The court has made the order"), WORKS, plain(forms.Order),
        lambda one, by: rules.order_blockers(one, "make_order"), actions.make_order,
        press=gettext_lazy("Record the order"),
    ),
    "dismiss": Step(
        gettext_lazy("The court makes no order"), WORKS, plain(forms.Because), _moves("dismiss_order"),
        actions.dismiss_order, press=gettext_lazy("Record that there is no order"),
    ),
    "vary": Step(
        gettext_lazy("The court has varied the order"), WORKS, plain(forms.Vary),
        lambda one, by: rules.order_blockers(one, "vary_order"), actions.vary_order,
        press=gettext_lazy("Record how it was varied"),
    ),
    "discharge": Step(
        gettext_lazy("The court has discharged the order"), WORKS, plain(forms.Because), _moves("discharge_order"),
        actions.discharge_order, press=gettext_lazy("Record that it was discharged"),
    ),
}  # fmt: skip


@require_http_methods(METHODS)
@web.needs(WORKS, APPROVES)
def undertaking_act(request: web.SignedIn, reference: str, act: str) -> HttpResponse:
    step = chosen(UNDERTAKING_ACTS, act, request.user)
    return step_page(request, _undertaking(request, reference), step, "undertaking")


def _undertaking(request: web.SignedIn, reference: str) -> Undertaking:
    mine = Undertaking.objects.visible_to(request.user).select_related(
        "case__organisation", "drafted_by", "served_by", "applied_by"
    )
    return get_object_or_404(mine, reference=reference)
