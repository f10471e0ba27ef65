"""The form on paper, for whoever does not apply online: made from the pack, in the language of the page."""

from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from licensing.application_form import queries
from licensing.application_form.forms.fields import language
from licensing.packs.letters import sample_holder
from registry import schemes
from registry.papers import pdf as papers
from registry.schemes import Scheme, said
from registry.web import as_pdf


@login_not_required
@require_safe
def paper_form(request: HttpRequest, scheme: str, version: str) -> HttpResponse:
    """Any version; one that is not in force yet says so."""
    try:
        wanted = schemes.get(scheme, version)
    except (schemes.Unknown, ValueError):
        raise Http404 from None
    name = f"{wanted.name}-{wanted.version}-{language()}"
    return as_pdf(request, lambda: _printed(wanted), name=name)


def _printed(scheme: Scheme) -> bytes:
    """The same whenever it is asked for: printed once, and then kept."""
    facts: dict[str, Any] = {
        **asdict(queries.paper_form(scheme)),
        "version": scheme.version,
        "is_to_come": scheme.version > timezone.localdate(),
        "authority": {
            "name": said(scheme.authority.name, language()),
            "address": scheme.authority.address,
            "telephone": scheme.authority.telephone,
        },
    }
    record = {"kind": "form", "scheme": scheme.name, "version": scheme.version}
    return papers.pdf(
        "licensing/letters/paper_form.html",
        facts=facts,
        record=record,
        language=language(),
        at=sample_holder.first_morning(scheme),
    )
