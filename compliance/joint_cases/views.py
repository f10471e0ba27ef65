"""A joint case as each of the two reads it, and what the other authority does there."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.joint_cases import actions, forms, queries, rules
from compliance.joint_cases.models import JointCase, JointStep
from compliance.joint_cases.states import RECEIVES, RECORDS, JointSide
from compliance.joint_cases.steps import JOINT_CASE
from registry import web


@web.page(RECORDS)
def joint_case(request: web.SignedIn, reference: str) -> HttpResponse:
    case = get_object_or_404(JointCase.objects.visible_to(request.user).select_related("agency"), reference=reference)
    buttons = JOINT_CASE.buttons(case, by=request.user, on=timezone.localdate())
    page = {"case": case, "steps": queries.steps_of(case), "buttons": buttons}
    return render(request, "compliance/joint_cases/joint_case.html", page)


@web.page(RECEIVES)
def partner_joint_case(request: web.SignedIn, reference: str) -> HttpResponse:
    case = get_object_or_404(JointCase.objects.for_partner(request.user).select_related("agency"), reference=reference)
    may_add = not any(rules.add_blockers(case))
    page = {"case": case, "steps": queries.steps_of(case), "may_add": may_add}
    return render(request, "compliance/joint_cases/partner_joint_case.html", page)


@web.page_with_form(RECEIVES)
def partner_add_step(request: web.SignedIn, reference: str) -> HttpResponse:
    """The next step of the other authority, set by itself."""
    case = get_object_or_404(JointCase.objects.for_partner(request.user), reference=reference)
    form = forms.OwnStep(web.typed(request))
    tried = web.attempt(
        request,
        form,
        actions.add_step,
        case,
        made_of=[case, *case.steps.all()],
        typed=lambda: {**form.cleaned_data, "side": JointSide.PARTNER},
    )
    if tried.is_done:
        return redirect("partner_joint_case", reference)
    return web.show_form(
        request,
        form,
        title=_("Set your next step"),
        press=_("Save"),
        back=reverse("partner_joint_case", args=[reference]),
        blockers=rules.add_blockers(case),
    )


@web.page_with_form(RECEIVES)
def partner_finish_step(request: web.SignedIn, reference: str) -> HttpResponse:
    """What the other authority did or found."""
    step = get_object_or_404(
        JointStep.objects.for_partner(request.user).select_related("joint_case"), reference=reference
    )
    form = forms.FinishStep(web.typed(request))
    if web.attempt(request, form, actions.finish_step, step).is_done:
        return redirect("partner_joint_case", step.joint_case.reference)
    return web.show_form(
        request,
        form,
        title=_("Say what was done"),
        about=step.text,
        press=_("Save"),
        back=reverse("partner_joint_case", args=[step.joint_case.reference]),
        blockers=rules.finish_blockers(step),
    )
