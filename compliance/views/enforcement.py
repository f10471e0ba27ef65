"""Cases of supply without a licence, labour users and undertakings: lists, pages, and one page for each step of a table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance import forms as shared
from compliance.actions import enforcement as actions
from compliance.actions import undertakings as undertaking_actions
from compliance.forms import enforcement as forms
from compliance.models import Undertaking, UnlicensedCase
from compliance.queries import enforcement as queries
from compliance.rules import enforcement as rules
from registry import web
from registry.actions import exports
from registry.errors import Reason
from registry.models import User, WorkList
from registry.queries.conflicts import called_by

SEES = ("compliance.view_enforcement", "compliance.work_enforcement")
WORKS, APPROVES = "compliance.work_enforcement", "compliance.approve_enforcement"
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@web.needs(*SEES)
def cases(request: web.SignedIn) -> HttpResponse:
    found = queries.cases(request.GET, by=request.user)
    offered = queries.views_of_cases()
    page, title = "compliance/enforcement/cases.html", _("Supply without a licence")
    return web.list_page(request, page, found, of_list=WorkList.UNLICENSED, offered=offered, title=title)


@require_POST
@web.needs(*SEES)
@web.needs("registry.export_lists")
def cases_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.cases(request.GET, by=request.user)
    return web.list_file(request, WorkList.UNLICENSED, found, queries.case_columns(), note=exports.take_list)


@require_safe
@web.needs(*SEES)
def undertakings(request: web.SignedIn) -> HttpResponse:
    found = queries.undertakings(request.GET, by=request.user)
    offered = queries.views_of_undertakings()
    page, title = "compliance/enforcement/undertakings.html", _("Undertakings and orders")
    return web.list_page(request, page, found, of_list=WorkList.UNDERTAKINGS, offered=offered, title=title)


@require_POST
@web.needs(*SEES)
@web.needs("registry.export_lists")
def undertakings_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.undertakings(request.GET, by=request.user)
    columns = queries.undertaking_columns()
    return web.list_file(request, WorkList.UNDERTAKINGS, found, columns, note=exports.take_list)


@require_http_methods(METHODS)
@web.needs(WORKS)
def open_case(request: web.SignedIn) -> HttpResponse:
    origin = queries.origin(request.GET, by=request.user)
    came = next((one for one in origin.values() if one), None)
    scheme = queries.enforcing_scheme(came.scheme if came else "", on=timezone.localdate())
    scheme = scheme or queries.enforcing_scheme("", on=timezone.localdate())
    if scheme is None:
        raise Http404
    form = forms.OpenCase(web.typed(request), initial={"number": request.GET.get("number", "")[:20]})
    if web.is_sent(request, form):
        typed = dict(form.cleaned_data)
        number = typed.pop("number")
        with web.reasons_on(form):
            if number and not called_by(number):
                form.add_error("number", _("There is no organisation with this number or reference."))
            else:
                about = called_by(number) if number else None
                by, at = request.user, timezone.now()
                made = actions.open_case(**typed, organisation=about, scheme=scheme, **origin, by=by, at=at)
                return redirect("unlicensed_case", made.reference)
    page = {"form": form, "title": _("Open a case"), "came": came, "back": "unlicensed_cases"}
    return render(request, "compliance/enforcement/form.html", page, status=422 if form.errors else 200)


@require_safe
@web.needs(*SEES)
def case(request: web.SignedIn, reference: str) -> HttpResponse:
    one = _case(request, reference)
    buttons = _buttons(CASE_ACTS, one, request.user)
    page = {"case": one, "file": queries.case_file(one), "buttons": buttons}
    return render(request, "compliance/enforcement/case.html", page)


@require_safe
@web.needs(*SEES)
def undertaking(request: web.SignedIn, reference: str) -> HttpResponse:
    one = _undertaking(request, reference)
    buttons = _buttons(UNDERTAKING_ACTS, one, request.user)
    page = {"one": one, "file": queries.undertaking_file(one), "buttons": buttons}
    return render(request, "compliance/enforcement/undertaking.html", page)


# --- one page for each step ---

Shape = Callable[[Any, Any], Form]
Act = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Step:
    """What is done on one page: its words, who may, its form, what keeps it from being done, and what does it."""

    title: str | Promise
    permission: str
    shape: Shape
    blockers: Callable[[Any, User], Iterable[Reason]]
    act: Act
    in_statuses: tuple[str, ...] = ()
    letters: bool = False

    def is_offered(self, thing: Any, by: User) -> bool:
        return by.has_perm(self.permission) and (not self.in_statuses or thing.status in self.in_statuses)


@dataclass(frozen=True, slots=True)
class Button:
    title: str | Promise
    act: str
    blockers: list[Reason]


def _buttons(table: dict[str, Step], thing: Any, by: User) -> list[Button]:
    return [
        Button(step.title, name, list(step.blockers(thing, by)))
        for name, step in table.items()
        if step.is_offered(thing, by)
    ]


def _plain(shape: type[Form]) -> Shape:
    return lambda data, thing: shape(data)


def _draft(case: UnlicensedCase, *, by: User, at: Any, **typed: Any) -> object:
    return undertaking_actions.draft(case, by=by, at=at, **typed)


CASE_ACTS: dict[str, Step] = {
    "offence": Step(
        gettext_lazy("Record an offence"), WORKS,
        lambda data, one: forms.Offence(data, offences=queries.offences_for(one, recorded=False)),
        lambda one, by: rules.offence_blockers(one), actions.record_offence, ("open",),
    ),
    "element": Step(
        gettext_lazy("Weigh an element"), WORKS,
        lambda data, one: forms.Element(data, elements=queries.elements_for(one)),
        lambda one, by: rules.still_open_blockers(one), actions.weigh_element, ("open",),
    ),
    "reasonable-step": Step(
        gettext_lazy("Record what was done to find out"), WORKS, _plain(forms.Step),
        lambda one, by: rules.reasonable_step_blockers(one), actions.record_reasonable_step, ("open",),
    ),
    "letter": Step(
        gettext_lazy("Send a notice or a warning"), WORKS, _plain(forms.Ladder),
        lambda one, by: rules.ladder_blockers(one, "notice"), actions.take_ladder_step, ("open",), letters=True,
    ),
    "acknowledge": Step(
        gettext_lazy("Record that it was acknowledged"), WORKS, _plain(forms.Acknowledge),
        lambda one, by: rules.acknowledge_blockers(one.user_notices.filter(acknowledged_on=None).first()),
        actions.acknowledge,
    ),
    "draft": Step(
        gettext_lazy("Draft an undertaking"), WORKS,
        lambda data, one: forms.Draft(data, offences=queries.offences_for(one)),
        lambda one, by: rules.draft_blockers(one), _draft, ("open",),
    ),
    "propose": Step(
        gettext_lazy("Propose an outcome"), WORKS, _plain(forms.Propose),
        lambda one, by: rules.propose_outcome_blockers(one, offences=queries.made_out(one)),
        actions.propose_outcome, ("open",),
    ),
    "refer": Step(
        gettext_lazy("Refer to the prosecutor"), APPROVES, _plain(forms.Because),
        lambda one, by: rules.refer_blockers(one, by=by), actions.refer, ("proposed",),
    ),
    "end": Step(
        gettext_lazy("Approve and close"), APPROVES, _plain(forms.Because),
        lambda one, by: rules.end_case_blockers(one, by=by), actions.end_case, ("proposed",),
    ),
    "send-back": Step(
        gettext_lazy("Do not approve"), APPROVES, _plain(forms.Because),
        lambda one, by: rules.second_blockers(one, "look_further", by=by), actions.look_further, ("proposed",),
    ),
    "result": Step(
        gettext_lazy("Record the result"), WORKS, _plain(forms.Result),
        lambda one, by: rules.result_blockers(one), actions.record_result, ("referred",),
    ),
}  # fmt: skip


def _moves(move: str) -> Callable[[Any, User], Iterable[Reason]]:
    return lambda one, by: rules.move_blockers(one, move)


UNDERTAKING_ACTS: dict[str, Step] = {
    "serve": Step(
        gettext_lazy("Serve the notice"), APPROVES, _plain(shared.Press),
        lambda one, by: rules.serve_blockers(one, by=by), undertaking_actions.serve, ("draft",), letters=True,
    ),
    "discard": Step(
        gettext_lazy("Do not serve it"), APPROVES, _plain(forms.Because), _moves("discard"),
        undertaking_actions.discard, ("draft",),
    ),
    "negotiate": Step(
        gettext_lazy("The other side negotiates"), WORKS, _plain(forms.Because), _moves("negotiate"),
        undertaking_actions.negotiate, ("notice",),
    ),
    "extend": Step(
        gettext_lazy("More time, as agreed"), WORKS, _plain(forms.Extend),
        lambda one, by: rules.extend_blockers(one), undertaking_actions.extend_negotiation, ("notice", "negotiating"),
    ),
    "accept": Step(
        gettext_lazy("Accept the undertaking"), APPROVES, _plain(shared.Press),
        lambda one, by: rules.accept_blockers(one, on=timezone.localdate()), undertaking_actions.accept_undertaking,
        ("notice", "negotiating"), letters=True,
    ),
    "refuse": Step(
        gettext_lazy("The other side refuses"), WORKS, _plain(forms.Because), _moves("refuse_undertaking"),
        undertaking_actions.refuse_undertaking, ("notice", "negotiating"),
    ),
    "release": Step(
        gettext_lazy("Release"), APPROVES, _plain(forms.Because), _moves("release"),
        undertaking_actions.release, ("accepted",),
    ),
    "breach": Step(
        gettext_lazy("It was breached"), WORKS, _plain(forms.Because), _moves("breach"),
        undertaking_actions.breach, ("accepted",),
    ),
    "apply": Step(
        gettext_lazy("Apply for an order"), APPROVES, _plain(forms.Court),
        lambda one, by: rules.apply_blockers(one, by=by), undertaking_actions.apply_for_order,
        ("refused", "lapsed", "breached"),
    ),
    "order": Step(
        gettext_lazy("The court has made the order"), WORKS, _plain(forms.Order),
        lambda one, by: rules.order_blockers(one, "make_order"), undertaking_actions.make_order, ("order_applied",),
    ),
    "dismiss": Step(
        gettext_lazy("The court makes no order"), WORKS, _plain(forms.Because), _moves("dismiss_order"),
        undertaking_actions.dismiss_order, ("order_applied",),
    ),
    "vary": Step(
        gettext_lazy("The court has varied the order"), WORKS, _plain(forms.Vary),
        lambda one, by: rules.order_blockers(one, "vary_order"), undertaking_actions.vary_order,
        ("order_made", "order_varied"),
    ),
    "discharge": Step(
        gettext_lazy("The court has discharged the order"), WORKS, _plain(forms.Because), _moves("discharge_order"),
        undertaking_actions.discharge_order, ("order_made", "order_varied"),
    ),
}  # fmt: skip


@require_http_methods(METHODS)
@web.needs(WORKS, APPROVES)
def case_act(request: web.SignedIn, reference: str, act: str) -> HttpResponse:
    step = _chosen(CASE_ACTS, act, request.user)  # first: whoever may not act learns of no case
    return _step(request, _case(request, reference), step, "unlicensed_case")


@require_http_methods(METHODS)
@web.needs(WORKS, APPROVES)
def undertaking_act(request: web.SignedIn, reference: str, act: str) -> HttpResponse:
    step = _chosen(UNDERTAKING_ACTS, act, request.user)
    return _step(request, _undertaking(request, reference), step, "undertaking")


def _chosen(table: dict[str, Step], act: str, by: User) -> Step:
    if act not in table:
        raise Http404
    if not by.has_perm(table[act].permission):
        raise PermissionDenied(table[act].permission)
    return table[act]


def _step(request: web.SignedIn, thing: Any, step: Step, back: str) -> HttpResponse:
    """One form, and what it brings; letters are read first if that is asked for."""
    form = step.shape(web.typed(request), thing)
    page: dict[str, Any] = {"thing": thing, "form": form, "title": step.title, "back": back, "letters": step.letters}
    page["foreseen"] = None
    if web.is_sent(request, form):
        typed = form.drafted if isinstance(form, forms.Draft) else form.cleaned_data
        with web.reasons_on(form):
            foreseen = web.letters_first(request, lambda: step.act(thing, by=request.user, at=timezone.now(), **typed))
            if foreseen is None:
                return redirect(back, thing.reference)
            page["foreseen"] = foreseen
    page["blockers"] = list(step.blockers(thing, request.user))
    return render(request, "compliance/enforcement/form.html", page, status=422 if form.errors else 200)


def _case(request: web.SignedIn, reference: str) -> UnlicensedCase:
    mine = UnlicensedCase.objects.visible_to(request.user).select_related(
        "organisation", "officer", "proposed_by", "approved_by", "report", "intelligence", "inspection"
    )
    return get_object_or_404(mine, reference=reference)


def _undertaking(request: web.SignedIn, reference: str) -> Undertaking:
    mine = Undertaking.objects.visible_to(request.user).select_related(
        "case__organisation", "drafted_by", "served_by", "applied_by"
    )
    return get_object_or_404(mine, reference=reference)
