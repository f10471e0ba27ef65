"""Trainings of staff, for managers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from compliance.training import queries
from compliance.training.states import RECORDS
from compliance.training.steps import TRAINING
from registry import web
from registry.trail.queries import history


@web.page(RECORDS)
def training(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = TRAINING.subject(request.user, reference=reference), timezone.localdate()
    facts = {
        "one": one,
        "title": queries.title_of(one, today),
        "buttons": TRAINING.buttons(one, by=request.user, on=today),
        "events": history.in_words(history.history_of(("training", reference)), about=reference),
    }
    return render(request, "compliance/training/training.html", facts)
