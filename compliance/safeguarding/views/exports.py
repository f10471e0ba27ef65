"""A referral as a file for the authority that takes it."""

import csv
import io

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from compliance.safeguarding.actions import referrals as actions
from compliance.safeguarding.forms import referrals as forms
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.queries import referrals
from compliance.safeguarding.states import PREPARES, READS
from compliance.safeguarding.steps import REFERRAL
from registry import web


@sensitive_variables()
@web.page_with_form(PREPARES, READS)
def export(request: web.SignedIn, reference: str) -> HttpResponse:
    """In the fields of the regulations, as CSV or JSON; who it is only where that may be said, and for a reason."""
    one = REFERRAL.subject(request.user, reference=reference)
    form = forms.Export(web.posted(request))
    if web.is_sent(request, form) and not web.is_stepped_up(request):
        return web.to_step_up(request)
    tried = web.attempt(request, form, actions.export, one, typed=lambda: {"because": form.cleaned_data["because"]})
    if tried.is_done:
        return _file(one, referrals.exported(one, tried.result), form.cleaned_data["form"])
    return web.show_form(
        request,
        form,
        title=_("Take it away as a file"),
        press=_("Take it away"),
        back=reverse("referral", args=[reference]),
        is_held=False,
        subject=one,
    )


def _file(one: Referral, fields: dict[str, str], form: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{one.reference}.{form}"', "Cache-Control": "no-store"}
    if form == "json":
        return JsonResponse(fields, headers=headers)
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(fields)
    rows.writerow(web.spreadsheet_cell(value) for value in fields.values())
    return HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
