"""Pages as somebody in a hurry would write them: each gives away what the walk must notice."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from registry.trail.actions import events as trail
from registry.organisations.models import Organisation


@login_not_required
def behind_no_door(request: HttpRequest, reference: str) -> HttpResponse:
    """No sign-in at all."""
    return HttpResponse(get_object_or_404(Organisation, reference=reference).legal_name)


def anybodys_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Signed in, but whose it is nobody asks: the bare manager instead of visible_to."""
    return HttpResponse(get_object_or_404(Organisation, reference=reference).legal_name)


def list_of_all(request: HttpRequest) -> HttpResponse:
    """A page that every person may open, with everybody's rows on it."""
    return HttpResponse(", ".join(Organisation.objects.values_list("legal_name", flat=True)))


def refuses_too_late(request: HttpRequest, reference: str) -> HttpResponse:
    """Says no, after it has done it."""
    organisation = get_object_or_404(Organisation, reference=reference)
    if request.method == "DELETE":
        trail.record(organisation, "shred", by=None, at=timezone.now())
    return HttpResponse(status=403)


def quiet_change(request: HttpRequest, reference: str) -> HttpResponse:
    """Past every action, and so past the trail; by a click on a link, too."""
    if request.method in {"GET", "POST"} and request.user.has_perm("registry.view_organisations"):
        Organisation.objects.filter(reference=reference).update(telephone="+441632960000")
        return HttpResponse("Done")
    return HttpResponse(status=403)
