"""Absences with a deputy, and the rules by which tasks are given to people."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry import web
from registry.accounts.models import User
from registry.assignment import actions, forms, queries
from registry.assignment.models import Absence, AssignmentRule

ASSIGNS = "registry.assign_tasks"


@require_safe
@web.needs("registry.work_for_authority")
def absences(request: web.SignedIn) -> HttpResponse:
    found = queries.absences(request.user, timezone.localdate())
    return render(request, "registry/assignment/absences.html", {"absences": found})


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.work_for_authority")
def record_absence(request: web.SignedIn) -> HttpResponse:
    """One's own; who assigns tasks may record anyone's."""
    form = forms.AbsenceForm(web.typed(request), assigns=request.user.has_perm(ASSIGNS))

    def recorded(*, person: User = request.user, **typed: Any) -> object:
        return actions.record_absence(person, **typed)

    if web.attempt(request, form, recorded).is_done:
        return redirect("absences")
    return web.show_form(
        request,
        form,
        title=_("Record an absence"),
        press=_("Record the absence"),
        back=reverse("absences"),
        back_text=_("Absences"),
        about=(
            _(
                "On these days the deputy sees the tasks of the person who is away, and can do them with their own roles."
            ),
        ),
    )


@require_POST
@web.needs("registry.work_for_authority")
def end_absence(request: web.SignedIn, key: int) -> HttpResponse:
    shown = queries.absences(request.user, timezone.localdate())
    absence = get_object_or_404(shown, pk=key)
    actions.end_absence(Absence.objects.get(pk=absence.pk), by=request.user, at=timezone.now())
    return redirect("absences")


@require_safe
@web.needs(ASSIGNS)
def assignment_rules(request: web.SignedIn) -> HttpResponse:
    titles = dict(queries.assignable_kinds())
    shown = [
        (rule, titles.get(rule.kind, rule.kind), queries.conditions_of(rule)) for rule in queries.assignment_rules()
    ]
    return render(request, "registry/assignment/assignment_rules.html", {"shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(ASSIGNS)
def make_assignment_rule(request: web.SignedIn) -> HttpResponse:
    form = forms.RuleForm(web.typed(request), initial={"method": "round_robin"})
    if web.attempt(request, form, actions.make_rule).is_done:
        return redirect("assignment_rules")
    return web.show_form(
        request,
        form,
        title=_("Add an assignment rule"),
        press=_("Add the rule"),
        back=reverse("assignment_rules"),
        back_text=_("Assignment rules"),
        about=(
            _(
                "New tasks that match are assigned within a minute. People who are away or cannot do the task are left out."
            ),
        ),
    )


@require_POST
@web.needs(ASSIGNS)
def end_assignment_rule(request: web.SignedIn, reference: str) -> HttpResponse:
    rule = get_object_or_404(AssignmentRule, reference=reference)
    actions.end_rule(rule, by=request.user, at=timezone.now())
    return redirect("assignment_rules")
