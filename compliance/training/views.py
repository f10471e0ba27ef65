"""Trainings of staff, for managers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.training import actions, forms, queries
from compliance.training.states import RECORDS
from compliance.training.steps import TRAINING
from registry import web
from registry.trail.queries import history


@require_safe
@web.needs(RECORDS)
def training(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = TRAINING.subject(request.user, reference=reference), timezone.localdate()
    facts = {
        "one": one,
        "title": queries.title_of(one, today),
        "buttons": TRAINING.buttons(one, by=request.user, on=today),
        "events": history.in_words(history.history_of(("training", reference)), about=reference),
    }
    return render(request, "compliance/training/training.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(RECORDS)
def record_training(request: web.SignedIn) -> HttpResponse:
    form = forms.RecordTraining(web.typed(request), kinds=queries.kind_choices(timezone.localdate()))
    tried = web.attempt(request, form, actions.record_training)
    if tried.is_done:
        return redirect("training", tried.result.reference)
    return web.show_form(
        request,
        form,
        title=_("Record a training"),
        press=_("Record"),
        back=reverse("trainings"),
        back_text=_("Training of staff"),
        about=(_("The scheme says for how long it is valid. Managers have a task 60 days before it runs out."),),
    )
