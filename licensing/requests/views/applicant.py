"""What the authority has asked of an applicant."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from licensing.applications.forms import applicant as forms
from licensing.applications.models import Application
from licensing.applications.queries import documents as documents_queries
from licensing.requests import actions as requests
from licensing.requests import rules
from licensing.requests.models import InformationRequest
from registry import permissions, web
from registry.memberships.states import Act


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def answer_request(request: web.SignedIn, reference: str, asked: str) -> HttpResponse:
    own = Application.objects.acted_for_by(request.user)
    one = get_object_or_404(
        InformationRequest.objects.filter(application__in=own).select_related("application__organisation"),
        application__reference=reference,
        reference=asked,
    )
    form = forms.AnswerRequest(web.posted(request), request.FILES if request.method == "POST" else None)
    tried = web.attempt(
        request,
        form,
        requests.answer,
        one,
        typed=lambda: {"answer": form.cleaned_data["answer"], "uploads": form.uploads},
    )
    if tried.is_done:
        return redirect("application_tasks", reference)
    who_may = permissions.act_blockers(request.user, one.application.organisation, Act.ANSWER, on=timezone.localdate())
    blockers = [*who_may, *rules.answer_blockers(one, answer="…")]
    documents = documents_queries.documents_of(one.application).filter(requirement=one.reference)
    return web.form_page(
        request,
        "licensing/requests/applicant_answer.html",
        {"asked": one, "application": one.application, "form": form, "blockers": blockers, "documents": documents},
    )
