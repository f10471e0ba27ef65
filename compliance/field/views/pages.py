"""The pages around the app for visits: the devices that have copies, and what devices sent that is not simply taken."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from compliance.field.actions import copies, field
from compliance.field.forms import Settle
from compliance.field.models import FieldDevice, FieldItem
from compliance.field.queries import field as queries
from compliance.field.queries import versions
from compliance.field.rules import field as rules
from compliance.inspections.models import Inspection
from registry import web
from registry.form_fields import Press

REPORTS = "compliance.report_inspection"
SIGNS_OUT = "compliance.sign_out_devices"


@web.page(REPORTS, SIGNS_OUT)
def devices(request: web.SignedIn) -> HttpResponse:
    return render(request, "compliance/field/devices.html", {"devices": queries.devices(request.user)})


@web.page_with_form(REPORTS, SIGNS_OUT)
def sign_out(request: web.SignedIn, key: uuid.UUID) -> HttpResponse:
    device = get_object_or_404(FieldDevice.objects.visible_to(request.user), key=key)
    form = Press(web.typed(request))
    tried = web.attempt(request, form, copies.sign_out, device)
    if tried.is_done:
        return redirect("field_devices")
    facts = {"device": device, "form": form, "blockers": list(rules.sign_out_blockers(device))}
    return web.form_page(request, "compliance/field/sign_out.html", facts)


@web.page(REPORTS)
def sent(request: web.SignedIn, reference: str) -> HttpResponse:
    """What devices sent of this visit that could not simply be taken over: beside what stands here, word for word."""
    inspection = get_object_or_404(
        Inspection.objects.visible_to(request.user).filter(inspector=request.user), reference=reference
    )
    facts = {"inspection": inspection, "items": versions.sent_in_words(inspection, by=request.user)}
    return render(request, "compliance/field/sent.html", facts)


@web.page_with_form(REPORTS)
def settle(request: web.SignedIn, reference: str, key: uuid.UUID) -> HttpResponse:
    items = FieldItem.objects.visible_to(request.user).filter(inspection__reference=reference)
    item = get_object_or_404(items.select_related("inspection__organisation", "device__user"), key=key)
    form = Settle(web.typed(request), one=versions.in_words(item))
    tried = web.attempt(request, form, field.settle, item, made_of=[item.inspection], typed=form.choice)
    if tried.is_done:
        return redirect("field_sent", reference)
    facts: dict[str, Any] = {"inspection": item.inspection, "one": form.one, "form": form}
    return web.form_page(request, "compliance/field/settle.html", facts)
