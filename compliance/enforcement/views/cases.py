"""Cases of supply without a licence, and labour users: the list, the page, and one page for each step of a table."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.enforcement.actions import cases as actions
from compliance.enforcement.actions import orders as order_actions
from compliance.enforcement.actions import prosecution as prosecution_actions
from compliance.enforcement.actions import undertakings as undertaking_actions
from compliance.enforcement.forms import cases as forms
from compliance.enforcement.forms import prosecution as prosecution_forms
from compliance.enforcement.models.cases import Against, CaseResult, UnlicensedCase
from compliance.enforcement.queries import cases as cases_queries
from compliance.enforcement.queries import undertakings
from compliance.enforcement.rules import cases as cases_rules
from compliance.enforcement.rules import orders as order_rules
from compliance.enforcement.rules import prosecution as prosecution_rules
from compliance.enforcement.rules import undertakings as undertakings_rules
from compliance.enforcement.steps import APPROVES, METHODS, SEES, WORKS, Step, buttons_of, chosen, plain, step_page
from registry import web
from registry.accounts.models import User
from registry.conflicts.queries import named
from registry.trail.actions import exports
from registry.worklists.models import WorkList


@require_safe
@web.needs(*SEES)
def cases(request: web.SignedIn) -> HttpResponse:
    found = cases_queries.cases(request.GET, by=request.user)
    offered = cases_queries.views_of_cases()
    page, title = "compliance/enforcement/cases.html", _("Supply without a licence")
    return web.list_page(request, page, found, of_list=WorkList.UNLICENSED, offered=offered, title=title)


@require_POST
@web.needs(*SEES)
@web.needs("registry.export_lists")
def cases_csv(request: web.SignedIn) -> HttpResponseBase:
    found = cases_queries.cases(request.GET, by=request.user)
    return web.list_file(request, WorkList.UNLICENSED, found, cases_queries.case_columns(), note=exports.take_list)


@require_http_methods(METHODS)
@web.needs(WORKS)
def open_case(request: web.SignedIn) -> HttpResponse:
    origin = cases_queries.origin(request.GET, by=request.user)
    came = next((one for one in origin.values() if one), None)
    scheme = undertakings.enforcing_scheme(came.scheme if came else "", on=timezone.localdate())
    scheme = scheme or undertakings.enforcing_scheme("", on=timezone.localdate())
    if scheme is None:
        raise Http404
    form = forms.OpenCase(web.typed(request), initial={"number": request.GET.get("number", "")[:20]})

    def opened(*, number: str, **typed: Any) -> UnlicensedCase:
        return actions.open_case(organisation=named(number) if number else None, scheme=scheme, **origin, **typed)

    tried = web.attempt(request, form, opened)
    if tried.is_done:
        return redirect("unlicensed_case", tried.result.reference)
    page = {"form": form, "title": _("Open a case"), "came": came, "back": "unlicensed_cases"}
    return web.form_page(request, "compliance/enforcement/form.html", page)


@require_safe
@web.needs(*SEES)
def case(request: web.SignedIn, reference: str) -> HttpResponse:
    one = _case(request, reference)
    buttons = buttons_of(CASE_ACTS, one, request.user)
    page = {"case": one, "file": cases_queries.case_file(one), "buttons": buttons}
    return render(request, "compliance/enforcement/case.html", page)


def _draft(case: UnlicensedCase, *, by: User, at: Any, **typed: Any) -> object:
    return undertaking_actions.draft(case, by=by, at=at, **typed)


CASE_ACTS: dict[str, Step] = {
    "offence": Step(
        gettext_lazy("Record an offence"), WORKS,
        lambda data, one: forms.Offence(data, offences=cases_queries.offences_for(one, recorded=False)),
        lambda one, by: cases_rules.offence_blockers(one), actions.record_offence, ("open",),
    ),
    "when": Step(
        gettext_lazy("Say when and where it was"), WORKS,
        lambda data, one: prosecution_forms.When(data, offences=cases_queries.offences_for(one, recorded=True)),
        lambda one, by: prosecution_rules.when_blockers(one, on=timezone.localdate()),
        prosecution_actions.say_when, ("open", "proposed", "referred"),
    ),
    "element": Step(
        gettext_lazy("Weigh an element"), WORKS,
        lambda data, one: forms.Element(data, elements=cases_queries.elements_for(one)),
        lambda one, by: cases_rules.still_open_blockers(one), actions.weigh_element, ("open",),
    ),
    "reasonable-step": Step(
        gettext_lazy("Record what was done to find out"), WORKS, plain(forms.Step),
        lambda one, by: cases_rules.reasonable_step_blockers(one), actions.record_reasonable_step, ("open",),
    ),
    "letter": Step(
        gettext_lazy("Send a notice or a warning"), WORKS, plain(forms.Ladder),
        lambda one, by: cases_rules.ladder_blockers(one, "notice"), actions.take_ladder_step, ("open",), letters=True,
    ),
    "acknowledge": Step(
        gettext_lazy("Record that it was acknowledged"), WORKS, plain(forms.Acknowledge),
        lambda one, by: cases_rules.acknowledge_blockers(one.user_notices.filter(acknowledged_on=None).first()),
        actions.acknowledge, fits=lambda case: case.against == Against.USER,
    ),
    "draft": Step(
        gettext_lazy("Draft an undertaking"), WORKS,
        lambda data, one: forms.Draft(data, offences=cases_queries.offences_for(one)),
        lambda one, by: undertakings_rules.draft_blockers(one), _draft, ("open",), typed=lambda form: form.drafted,
    ),
    "propose": Step(
        gettext_lazy("Propose an outcome"), WORKS, plain(forms.Propose),
        lambda one, by: cases_rules.propose_outcome_blockers(one, offences=cases_queries.made_out(one)),
        actions.propose_outcome,
    ),
    "refer": Step(
        gettext_lazy("Refer to the prosecutor"), APPROVES, plain(forms.Because),
        lambda one, by: cases_rules.refer_blockers(one, by=by), actions.refer,
    ),
    "end": Step(
        gettext_lazy("Approve and close"), APPROVES, plain(forms.Because),
        lambda one, by: cases_rules.end_case_blockers(one, by=by), actions.end_case,
    ),
    "send-back": Step(
        gettext_lazy("Do not approve"), APPROVES, plain(forms.Because),
        lambda one, by: cases_rules.second_blockers(one, "look_further", by=by), actions.look_further,
    ),
    "result": Step(
        gettext_lazy("Record the result"), WORKS, plain(forms.Result),
        lambda one, by: cases_rules.result_blockers(one), actions.record_result,
    ),
    "order": Step(
        gettext_lazy("Write down an order of the court"), WORKS, plain(prosecution_forms.WriteOrder),
        lambda one, by: order_rules.write_blockers(one), order_actions.write_order, ("closed",),
        fits=lambda case: case.result == CaseResult.CONVICTED,
    ),
}  # fmt: skip


@require_http_methods(METHODS)
@web.needs(WORKS, APPROVES)
def case_act(request: web.SignedIn, reference: str, act: str) -> HttpResponse:
    step = chosen(CASE_ACTS, act, request.user)  # first: whoever may not act learns of no case
    return step_page(request, _case(request, reference), step, "unlicensed_case")


def _case(request: web.SignedIn, reference: str) -> UnlicensedCase:
    mine = UnlicensedCase.objects.visible_to(request.user).select_related(
        "organisation", "officer", "proposed_by", "approved_by", "report", "intelligence", "inspection"
    )
    return get_object_or_404(mine, reference=reference)
