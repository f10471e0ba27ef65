"""For whoever meets people who may be victims: what to do at once, and referrals from the first word to the last answer.

No form here is held over a sign-in: what is typed of a person waits in no session (`web.posted`, and no seal).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from compliance import vault
from compliance.safeguarding.actions import referrals as actions
from compliance.safeguarding.forms import referrals as forms
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.queries import danger_card, referrals
from compliance.safeguarding.queries.origins import origin as origin_of
from compliance.safeguarding.rules import referrals as rules
from compliance.safeguarding.states import PREPARES, READS
from compliance.safeguarding.views.exports import METHODS, one_of
from registry import schemes, web
from registry.accounts.models import User
from registry.conflicts.queries import called_by
from registry.errors import Reason
from registry.form_fields import Press
from registry.schemes import Scheme


@require_http_methods(METHODS)
@web.needs(PREPARES)
def prepare(request: web.SignedIn) -> HttpResponse:
    began = {name: request.GET.get(name, "")[:20] for name in ("report", "inspection")}
    origin = origin_of(**began, by=request.user)
    came = origin["inspection"] or origin["report"]
    scheme = danger_card.referring_scheme(came.scheme if came else "", on=timezone.localdate())
    if scheme is None:
        return render(request, "compliance/safeguarding/switched_off.html", status=404)
    asked = forms.Age(request.GET if {"age", "asked"} & request.GET.keys() else None)
    if not asked.is_valid():
        kept = {name: value for name, value in began.items() if value}
        page = {"form": asked, "kept": kept, "title": _("Prepare a referral")}
        return web.form_page(request, "compliance/safeguarding/age.html", page)
    form = _prepare_form(request, scheme, asked.cleaned_data["age"], has_origin=came is not None)

    def prepared(*, by: User, at: datetime, **typed: Any) -> Referral:
        return actions.prepare(
            kind=typed["kind"],
            facts=rules.Facts.of(typed),
            scheme=scheme,
            organisation=called_by(typed["number"]) if typed.get("number") else None,
            **origin,
            by=by,
            at=at,
        )

    tried = web.attempt(request, form, prepared, typed=form.facts)
    if tried.is_done:
        return redirect("referral", tried.result.reference)
    page = {"form": form, "title": _("Prepare a referral"), "careful": CLOSED}
    return web.form_page(request, "compliance/safeguarding/form.html", page)


def _prepare_form(request: web.SignedIn, scheme: Scheme, age: str, *, has_origin: bool) -> forms.Prepare:
    """Of a child nobody is asked for consent; of somebody whose age is not known the band says so."""
    is_child = age != forms.ADULT
    choices = referrals.offered(scheme, is_child=is_child)
    begun = {"age_band": referrals.CHILD_NOT_KNOWN} if age == forms.UNSURE else {}
    if len(choices["kind"]) == 1:
        begun["kind"] = choices["kind"][0][0]
    return forms.Prepare(web.posted(request), offered=choices, is_child=is_child, has_origin=has_origin, initial=begun)


@require_safe
@web.needs(PREPARES, READS)
def referral(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    page = {"referral": one, "file": referrals.referral_file(one, by=request.user)}
    return render(request, "compliance/safeguarding/referral.html", page)


@require_http_methods(METHODS)
@web.needs(PREPARES)
def correct(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    scheme = schemes.get(one.scheme, one.version)
    told = [name for name in ("nrm", "support", "outcomes", "sharing") if getattr(one, f"told_{name}")]
    offered = referrals.offered(scheme, is_child=one.is_child)
    kept = {**vars(one), "told": told}
    form = forms.Facts(web.posted(request), offered=offered, is_child=one.is_child, initial=kept)
    return _page(
        request,
        one,
        form,
        _("Correct it"),
        actions.prepare_again,
        rules.prepare_again_blockers(one, by=request.user),
        typed=lambda: {"facts": rules.Facts.of(form.facts())},
        careful=CLOSED,
        press=_("Save the correction"),
    )


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(METHODS)
@web.needs(PREPARES)
def identify(request: web.SignedIn, reference: str) -> HttpResponse:
    """Who the person is: of an adult who has not consented there is no form, and what is posted is not read."""
    one = one_of(request, reference)
    blockers = list(rules.identify_blockers(one))
    if not one.may_be_named:
        page = {"referral": one, "reasons": blockers, "title": _("Write down who it is")}
        return render(request, "compliance/safeguarding/refused.html", page, status=409)
    form = forms.Identity(web.posted(request))
    return _page(
        request,
        one,
        form,
        _("Write down who it is"),
        actions.identify,
        blockers,
        typed=lambda: {"identity": form.cleaned_data},
        careful=SEALED,
    )


@sensitive_variables()
@require_http_methods(METHODS)
@web.needs(PREPARES, READS)
def look(request: web.SignedIn, reference: str) -> HttpResponse:
    """Who the person is, once: a second factor shown within ten minutes, and a reason each time."""
    one = one_of(request, reference)
    form = forms.Why(web.posted(request))
    page: dict[str, Any] = {"referral": one, "form": form, "title": _("Open who it is")}
    if web.is_sent(request, form) and not web.is_stepped_up(request):
        return web.to_step_up(request)
    tried = web.attempt(request, form, actions.look, one)
    if tried.is_done:
        page["identity"] = tried.result
    page["blockers"] = list(rules.look_blockers(one, has_person=vault.has_person(one), by=request.user))
    return web.form_page(request, "compliance/safeguarding/look.html", page)


@require_http_methods(METHODS)
@web.needs(READS)
def second_read(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    blockers = rules.second_read_blockers(one, has_person=vault.has_person(one), by=request.user)
    return press_page(request, one, _("I have read it: it can be sent"), actions.second_read, blockers)


@require_http_methods(METHODS)
@web.needs(READS)
def send(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    blockers = rules.send_blockers(one, has_person=vault.has_person(one))
    return press_page(request, one, _("It has been sent"), actions.send, blockers)


@require_http_methods(METHODS)
@web.needs(READS)
def give_back(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    blockers = rules.give_back_blockers(one, by=request.user)
    return filled_page(request, one, forms.GiveBack, _("Give it back"), actions.give_back, blockers)


@require_http_methods(METHODS)
@web.needs(READS)
def drop(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    blockers = one.lifecycle.blockers(one.status, "drop")
    return filled_page(request, one, forms.Drop, _("Do not send it"), actions.drop, blockers)


@require_http_methods(METHODS)
@web.needs(READS)
def answer(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    return filled_page(
        request,
        one,
        forms.Decided,
        _("Reasonable grounds decided"),
        actions.decide_reasonable_grounds,
        rules.answer_blockers(one),
        press=_("Record the decision"),
    )


@require_http_methods(METHODS)
@web.needs(READS)
def conclude(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    return filled_page(
        request,
        one,
        forms.Decided,
        _("Conclusive grounds decided"),
        actions.conclude,
        rules.conclude_blockers(one),
        press=_("Record the decision"),
    )


@require_http_methods(METHODS)
@web.needs(PREPARES, READS)
def withdraw_consent(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    blockers = rules.withdraw_blockers(one)
    return filled_page(request, one, forms.Withdraw, _("Erase who it is"), actions.withdraw_consent, blockers)


@require_http_methods(METHODS)
@web.needs(PREPARES, READS)
def offer_support(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    form = forms.OfferSupport(web.posted(request), services=referrals.services(one))
    title = _("Help that was offered")
    return _page(request, one, form, title, actions.offer_support, (), press=_("Record the help"))


CLOSED = "closed"


SEALED = "sealed"


def press_page(
    request: web.SignedIn, one: Referral, title: str, act: Callable[..., Referral], blockers: Any
) -> HttpResponse:
    form = Press(web.posted(request))
    return _page(request, one, form, title, act, blockers)


def filled_page(
    request: web.SignedIn,
    one: Referral,
    shape: type[Form],
    title: str,
    act: Callable[..., Referral],
    blockers: Any,
    *,
    press: str = "",
    careful: str = "",
) -> HttpResponse:
    form = shape(web.posted(request))
    return _page(request, one, form, title, act, blockers, press=press, careful=careful)


def _page(
    request: web.SignedIn,
    one: Referral,
    form: Form,
    title: str,
    act: Callable[..., object],
    blockers: Any,
    *,
    typed: Callable[[], dict[str, Any]] | None = None,
    careful: str = "",
    press: str = "",
) -> HttpResponse:
    """One form about one referral: what keeps it from being done is said beside the button, which says `press` or the title."""
    reasons: list[Reason] = list(blockers)
    tried = web.attempt(request, form, act, one, typed=typed)
    if tried.is_done:
        return redirect("referral", one.reference)
    page = {"referral": one, "form": form, "title": title, "press": press, "blockers": reasons, "careful": careful}
    return web.form_page(request, "compliance/safeguarding/form.html", page)
