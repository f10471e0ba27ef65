"""The files of organisations and of premises, for staff."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from registry import web
from registry.premises import queries
from registry.premises.models import Premises


@web.page("registry.view_premises")
def one_premises(request: web.SignedIn, reference: str) -> HttpResponse:
    visible = get_object_or_404(Premises.objects.visible_to(request.user), reference=reference)
    file = queries.premises_file(visible, by=request.user)
    return render(request, "registry/premises/premises.html", {"file": file})
