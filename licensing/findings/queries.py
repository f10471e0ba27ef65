"""Which case or licence an inspection is about, and what licensing has not considered yet."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from licensing.applications.models import Application
from licensing.applications.states import NOT_OVER
from licensing.findings.filters import FindingFilter
from licensing.findings.models import FindingQuerySet, FindingToConsider
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.trail.queries import history as happened


def subject_of(inspection: Inspection) -> tuple[Application | None, Licence | None]:
    """The application that it informs, or the licence that it looked at; else what the organisation has now."""
    if inspection.application_reference:
        application = Application.objects.filter(reference=inspection.application_reference).first()
        if application is not None:
            return application, None
    own = Licence.objects.filter(organisation=inspection.organisation).order_by("-pk")
    named = own.filter(number=inspection.licence_number).first() if inspection.licence_number else None
    licence = named or own.first()
    if licence is not None:
        return None, licence
    open_now = Application.objects.filter(organisation=inspection.organisation, status__in=NOT_OVER)
    return open_now.order_by("-pk").first(), None


def findings_of(subject: Application | Licence, *, by: User) -> FindingQuerySet:
    """What inspections of this case or licence found that licensing must consider or has considered, the newest first."""
    about = Q(application=subject) if isinstance(subject, Application) else Q(licence=subject)
    seen = FindingToConsider.objects.visible_to(by).filter(about)
    return seen.select_related("inspection", "decision", "considered_by").order_by("-pk")


def findings(params: Mapping[str, Any], *, by: User) -> FindingFilter:
    """The outcomes that this person may see, the newest first."""
    rows = FindingToConsider.objects.visible_to(by).select_related(
        "inspection", "organisation", "licence", "application"
    )
    return FindingFilter(params, findings=rows)


WORDS: happened.Words = {
    "findingtoconsider": {
        "open_for_inspection": _("Put before licensing"),
        "consider": _("A decision was proposed"),
        "consider_again": _("The proposal was dropped"),
    }
}
