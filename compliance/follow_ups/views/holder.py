"""For holders: what is looked at of their own licence when it is chosen whom to visit, and the reports of inspections."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.follow_ups import actions as follow_ups
from compliance.follow_ups import queries as follow_up_queries
from compliance.follow_ups.forms import Answer
from compliance.follow_ups.models import FollowUp
from registry import permissions, web
from registry.documents.models import Document
from registry.memberships.states import Act
from registry.organisations.models import Organisation


def _own_follow_up(request: web.SignedIn, reference: str) -> FollowUp:
    own = follow_up_queries.own_follow_ups(Organisation.objects.acted_for_by(request.user))
    return get_object_or_404(own, reference=reference)


@web.page_with_form("licensing.apply")
def own_follow_up(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = _own_follow_up(request, reference), timezone.localdate()
    form = Answer(web.typed(request), request.FILES if request.method == "POST" else None)
    tried = web.attempt(
        request,
        form,
        follow_ups.answer,
        one,
        done=_("We have your answer."),
        typed=lambda: {"text": form.cleaned_data["text"], "uploads": form.uploads},
    )
    if tried.is_done:
        return redirect("own_follow_up", reference)
    organisation = one.inspection.organisation
    page = {
        "file": follow_up_queries.follow_up_file(one, on=today),
        "form": form,
        "blockers": list(permissions.act_blockers(request.user, organisation, Act.REPLY, on=today)),
    }
    return web.form_page(request, "compliance/follow_ups/holder_follow_up.html", page)


@web.page("licensing.apply")
def own_follow_up_file(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    of = Document.objects.about(_own_follow_up(request, reference).reference).served()
    return web.serve(get_object_or_404(of, reference=document))
