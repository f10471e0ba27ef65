"""What another authority reads of what was passed on to it, and what it answers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from compliance.hand_overs import actions as hand_over_actions
from compliance.hand_overs import forms as hand_over_forms
from compliance.hand_overs import queries as hand_overs
from compliance.hand_overs import rules as hand_over_rules
from compliance.hand_overs.models import HandOver
from compliance.intelligence.models.intelligence import Dissemination
from compliance.intelligence.queries import intelligence as queries
from compliance.joint_cases import queries as joint_cases
from compliance.passed_on import actions, forms, rules
from compliance.passed_on.queries import messages_of
from registry import web
from registry.form_fields import Press

RECEIVES = "compliance.receive_intelligence"


@web.page(RECEIVES)
def inbox(request: web.SignedIn) -> HttpResponse:
    facts = {
        "passed": queries.passed_to(request.user),
        "hand_overs": hand_overs.passed_to(request.user),
        "joint_cases": joint_cases.joint_cases_of(request.user),
    }
    return render(request, "compliance/passed_on/partner_inbox.html", facts)


@web.page_with_form(RECEIVES)
def passed(request: web.SignedIn, reference: str) -> HttpResponse:
    """The text is shown once somebody has said that the authority keeps to the conditions."""
    row = get_object_or_404(Dissemination.objects.for_partner(request.user), reference=reference)
    form = Press(web.posted(request))
    if web.attempt(request, form, actions.accept_conditions, row).is_done:
        return redirect("passed_on", reference)
    shown = queries.passed_in_words(row, by=request.user)
    if shown.may_read:
        web.shows(request, row, way="page")
    else:
        web.shows_nothing(request)
    page = {
        "form": form,
        "passed": shown,
        "messages_of": messages_of(row) if shown.may_read else (),
        "may_answer": not any(rules.answer_blockers(row, today=timezone.localdate(), has_opened=shown.may_read)),
    }
    return web.form_page(request, "compliance/passed_on/partner_passed.html", page)


@web.page_with_form(RECEIVES)
def answer(request: web.SignedIn, reference: str) -> HttpResponse:
    """Say what was done, ask a question, or ask for another grade."""
    row = get_object_or_404(Dissemination.objects.for_partner(request.user), reference=reference)
    form = forms.PartnerAnswer(web.typed(request))
    if web.attempt(request, form, actions.respond, row).is_done:
        return redirect("passed_on", reference)
    opened = queries.has_opened(row, by=request.user)
    page = {
        "form": form,
        "row": row,
        "back": reverse("passed_on", args=[reference]),
        "blockers": list(rules.answer_blockers(row, today=timezone.localdate(), has_opened=opened)),
    }
    return web.form_page(request, "compliance/passed_on/partner_answer.html", page)


@web.page_with_form(RECEIVES)
def passed_hand_over(request: web.SignedIn, reference: str) -> HttpResponse:
    """What a report led to: the cleared text, what was asked and replied, and the form for the answer."""
    row = get_object_or_404(HandOver.objects.for_partner(request.user), reference=reference)
    form = hand_over_forms.Reply(web.typed(request))
    if web.attempt(request, form, hand_over_actions.record_reply, row).is_done:
        return redirect("passed_hand_over", reference)
    web.shows(request, row, way="page")
    page = {
        "hand_over": row,
        "form": form,
        "blockers": list(hand_over_rules.reply_blockers(row)),
        "messages_of": messages_of(row),
        "may_ask": not any(rules.answer_blockers(row, today=timezone.localdate())),
    }
    return web.form_page(request, "compliance/hand_overs/partner_hand_over.html", page)


@web.page_with_form(RECEIVES)
def ask_about_hand_over(request: web.SignedIn, reference: str) -> HttpResponse:
    """Ask a question, or for more time."""
    row = get_object_or_404(HandOver.objects.for_partner(request.user), reference=reference)
    form = forms.PartnerAsks(web.typed(request))
    if web.attempt(request, form, actions.respond, row).is_done:
        return redirect("passed_hand_over", reference)
    blockers = list(rules.answer_blockers(row, today=timezone.localdate()))
    page = {"form": form, "row": row, "back": reverse("passed_hand_over", args=[reference]), "blockers": blockers}
    return web.form_page(request, "compliance/passed_on/partner_answer.html", page)
