"""For the auditor: who was shown something, as `manage.py who_saw` says it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from compliance.who_saw import queries as seen
from compliance.who_saw.forms import WhoSaw
from registry import web


@require_safe
@web.needs("registry.read_trail")
def who_saw(request: web.SignedIn) -> HttpResponse:
    form = WhoSaw(request.GET if "reference" in request.GET else None)
    facts: dict[str, Any] = {"form": form}
    if form.is_valid():
        asked = form.cleaned_data["reference"].upper()
        facts |= {"asked": asked, "sights": seen.who_saw(asked)}
        if facts["sights"] is None:
            form.add_error(
                "reference",
                _("There is no report, intelligence, source, referral, hand-over or inspection of this reference."),
            )
    return web.form_page(request, "compliance/who_saw/who_saw.html", facts)
