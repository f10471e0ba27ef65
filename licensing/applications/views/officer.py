"""The case page, and what officers and managers do with a case.

The work lists of applications, decisions, dates, changes, look-alikes and licences: as pages, and as files to take away."""

from django.shortcuts import get_object_or_404

from licensing.applications.models import Application
from registry import web


def visible(request: web.SignedIn, reference: str) -> Application:
    """A draft is the applicant's: for staff there is no such page."""
    handed_in = Application.objects.visible_to(request.user).exclude(status="draft")
    return get_object_or_404(handed_in.select_related("organisation", "case_officer"), reference=reference)
