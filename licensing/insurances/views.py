"""The insurance of a holder: what it sends, and what an officer reads of it."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.holding.views.holder import own_licence
from licensing.insurances import actions, forms, queries
from licensing.insurances.models import InsuranceProof
from licensing.insurances.steps import PROOF
from registry import permissions, web
from registry.memberships.states import Act


@web.page_with_form("licensing.apply")
def insurances(request: web.SignedIn, number: str) -> HttpResponse:
    own, today = own_licence(request, number), timezone.localdate()
    found = queries.insurances_of(own, on=today)
    form = forms.Send(web.posted(request), request.FILES if request.method == "POST" else None, insurances=found)
    tried = web.attempt(
        request,
        form,
        actions.send,
        own,
        done=_("We have your certificate. We check it."),
        typed=lambda: {
            "code": form.cleaned_data["code"],
            "ends_on": form.cleaned_data["ends_on"],
            "uploads": form.uploads,
        },
    )
    if tried.is_done:
        return redirect("insurances", number)
    blockers = permissions.act_blockers(request.user, own.organisation, Act.NOTIFY, on=today)
    page = {"licence": own, "insurances": found, "form": form, "today": today, "blockers": list(blockers)}
    return web.form_page(request, "licensing/insurances/holder_insurances.html", page)


@web.page("registry.view_licences")
def proof(request: web.SignedIn, reference: str) -> HttpResponse:
    one = _one(request, reference)
    page = {
        "proof": one,
        "licence": one.licence,
        "title": queries.title_of(one),
        "documents": queries.documents_of(one),
        "buttons": PROOF.buttons(one, by=request.user, on=timezone.localdate()),
    }
    return render(request, "licensing/insurances/officer_proof.html", page)


@web.page("licensing.view_applications")
def proof_file(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    one = _one(request, reference)
    return web.serve(get_object_or_404(queries.documents_of(one).served(), reference=document))


def _one(request: web.SignedIn, reference: str) -> InsuranceProof:
    seen = InsuranceProof.objects.visible_to(request.user).select_related("licence__organisation", "sent_by")
    return get_object_or_404(seen, reference=reference)
