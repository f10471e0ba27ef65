"""Registers that were taken over: what came in, the report, and what a person must look at."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from registry import web
from registry.take_overs.queries import take_overs as queries
from registry.take_overs.states import SEES
from registry.take_overs.steps import QUESTION
from registry.tasks.queries import open_task_of
from registry.trail.queries import history


@web.page(SEES)
def take_over(request: web.SignedIn, reference: str) -> HttpResponse:
    one = get_object_or_404(queries.newest(), under__reference=reference)
    return render(request, "registry/take_overs/take_over.html", queries.summary(one, by=request.user))


@web.page(SEES)
def report(request: web.SignedIn, reference: str) -> HttpResponseBase:
    one = get_object_or_404(queries.newest(), under__reference=reference)
    rows = queries.report_rows(one, by=request.user)
    return web.table_file(f"take-over-{one.reference}", queries.REPORT, rows, on=timezone.localdate())


@web.page(SEES)
def question(request: web.SignedIn, reference: str) -> HttpResponse:
    one = QUESTION.subject(request.user, reference=reference)
    facts = {
        "question": one,
        "task": open_task_of(one),
        "buttons": QUESTION.buttons(one, by=request.user, on=timezone.localdate()),
        "events": history.events_of("takeoverquestion", one.reference),
    }
    return render(request, "registry/take_overs/question.html", facts)
