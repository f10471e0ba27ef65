"""Complaints about our service: the form for everyone, the page with the answer, and the pages of those who answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import web
from registry.complaints import actions, forms, queries, rules
from registry.complaints.letters import address_of
from registry.complaints.states import ANSWERS, RECORDS, REVIEWS_ANSWERS
from registry.complaints.steps import COMPLAINT
from registry.tasks.queries import open_task_of
from registry.trail.queries import history


@web.open_to_all
def complain(request: HttpRequest) -> HttpResponse:
    form = forms.Complain(web.posted(request))
    status, kept = web.receive(request, form, actions.receive_complaint, what="complaint", at=timezone.now())
    if kept is not None:
        page = {"complaint": kept, "address": address_of(kept), "task": open_task_of(kept)}
        return render(request, "registry/complaints/sent.html", page)
    page = {"form": form, "days": queries.days_to_answer(timezone.localdate())}
    return render(request, "registry/complaints/complain.html", page, status=status)


@web.open_to_all
def complaint_answer(request: HttpRequest, key: str) -> HttpResponse:
    """What the person who complained reads, and where they ask for a second look."""
    complaint = queries.complaint_of(key)
    if complaint is None:
        raise Http404
    form = forms.AskForReview(web.posted(request))
    if form.is_valid():
        with web.reasons_on(form):
            complaint = actions.ask_for_review(complaint, **form.cleaned_data, by=None, at=timezone.now())
            return redirect("complaint_answer", key)
    task = open_task_of(complaint)
    page = {
        "complaint": complaint,
        "form": form,
        "task": task,
        "is_late": task is not None and task.is_overdue(timezone.now()),
        "may_ask": not list(rules.review_blockers(complaint, None)),
    }
    return render(request, "registry/complaints/answer.html", page, status=422 if form.errors else 200)


@web.page_with_form(RECORDS)
def record_complaint(request: web.SignedIn) -> HttpResponse:
    form = forms.RecordComplaint(web.typed(request))
    tried = web.attempt(request, form, actions.receive_complaint)
    if tried.is_done:
        words = _("Complaint %(reference)s recorded. The person can read the answer at %(address)s")
        messages.success(request, words % {"reference": tried.result.reference, "address": address_of(tried.result)})
        return redirect("record_complaint")
    return web.show_form(
        request,
        form,
        title=_("Record a complaint"),
        press=_("Record the complaint"),
        back=reverse("staff_home"),
        about=_("About our own service. Write what the person said, in their words. Someone else answers it."),
    )


@web.page(ANSWERS, REVIEWS_ANSWERS)
def complaint(request: web.SignedIn, reference: str) -> HttpResponse:
    one = COMPLAINT.subject(request.user, reference=reference)
    facts = {
        "complaint": one,
        "task": open_task_of(one),
        "buttons": COMPLAINT.buttons(one, by=request.user, on=timezone.localdate()),
        "events": history.events_of("complaint", one.reference),
    }
    return render(request, "registry/complaints/complaint.html", facts)
