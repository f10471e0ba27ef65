"""Files between us and another authority: requests out, replies in; by its own people, or by an officer for it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.checks.actions import askings
from licensing.checks.actions import exchange as files
from licensing.checks.forms import Replies
from licensing.checks.queries.exchange import file_of
from registry import web
from registry.agencies.models import Agency
from registry.errors import Reason, Refused

ANSWERS, RECORDS = "licensing.answer_checks", "licensing.record_check"


def _own(request: web.SignedIn) -> Agency:
    return get_object_or_404(Agency.objects.asked_now(), pk=request.user.agency_id)


@web.page_with_form(ANSWERS)
def partner_exchange(request: web.SignedIn) -> HttpResponse:
    return _take(request, _own(request), hand_out="partner_hand_out")


@web.button(ANSWERS)
def partner_hand_out(request: web.SignedIn) -> HttpResponse:
    return _file(request, _own(request))


@web.page(RECORDS)
def exchanges(request: web.SignedIn) -> HttpResponse:
    agencies = Agency.objects.asked_now().filter(way="file").order_by("name")
    return render(request, "licensing/checks/officer_exchanges.html", {"agencies": agencies})


@web.page_with_form(RECORDS)
def exchange(request: web.SignedIn, agency: str) -> HttpResponse:
    return _take(request, get_object_or_404(Agency.objects.asked_now(), reference=agency), hand_out="hand_out_checks")


@web.button(RECORDS)
def hand_out(request: web.SignedIn, agency: str) -> HttpResponse:
    return _file(request, get_object_or_404(Agency.objects.asked_now(), reference=agency))


def _file(request: web.SignedIn, agency: Agency) -> HttpResponse:
    """The requests that wait, to be saved: kept by no browser."""
    content = file_of(askings.hand_out(agency, by=request.user, at=timezone.now()))
    headers = {"Content-Disposition": f'attachment; filename="requests-{timezone.localdate()}.json"'}
    return web.not_kept(HttpResponse(content, content_type="application/json", headers=headers))


def _take(request: web.SignedIn, agency: Agency, *, hand_out: str) -> HttpResponse:
    form = Replies(web.posted(request), request.FILES or None)
    facts: dict[str, Any] = {"agency": agency, "form": form, "hand_out": hand_out}
    if form.is_valid():
        try:
            content = form.cleaned_data["replies"].read()
            facts["taken"] = files.take_replies(agency, content=content, by=request.user, at=timezone.now())
        except Refused as refused:
            facts["faults"] = list(_in_rows(refused.reasons))
            form.add_error(
                "replies", _("Nothing of the file was taken. Correct what the table says, and upload it again.")
            )
    return web.form_page(request, "licensing/checks/exchange.html", facts)


def _in_rows(reasons: Any) -> Iterator[tuple[str, str]]:
    """The number of the reply in the file, where it is about one, and what is wrong."""
    reason: Reason
    for reason in reasons:
        yield reason.where or _("The file"), str(reason.text)
