"""Absences with a deputy, and the rules by which tasks are given to people."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from registry import web
from registry.assignment import actions, queries
from registry.assignment.models import Absence, AssignmentRule
from registry.assignment.steps import ASSIGNS


@web.page("registry.work_for_authority")
def absences(request: web.SignedIn) -> HttpResponse:
    found = queries.absences(request.user, timezone.localdate())
    return render(request, "registry/assignment/absences.html", {"absences": found})


@web.button("registry.work_for_authority")
def end_absence(request: web.SignedIn, key: int) -> HttpResponse:
    shown = queries.absences(request.user, timezone.localdate())
    absence = get_object_or_404(shown, pk=key)
    actions.end_absence(Absence.objects.get(pk=absence.pk), by=request.user, at=timezone.now())
    return redirect("absences")


@web.page(ASSIGNS)
def assignment_rules(request: web.SignedIn) -> HttpResponse:
    titles = dict(queries.assignable_kinds())
    shown = [
        (rule, titles.get(rule.kind, rule.kind), queries.conditions_of(rule)) for rule in queries.assignment_rules()
    ]
    return render(request, "registry/assignment/assignment_rules.html", {"shown": shown})


@web.button(ASSIGNS)
def end_assignment_rule(request: web.SignedIn, reference: str) -> HttpResponse:
    rule = get_object_or_404(AssignmentRule, reference=reference)
    actions.end_rule(rule, by=request.user, at=timezone.now())
    return redirect("assignment_rules")
