"""Orders of materials on paper: the form for everyone, and the page of those who send them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry import web
from registry.campaigns.queries import plain_word
from registry.languages import own_names
from registry.material_orders import actions, forms, queries
from registry.material_orders.states import HANDLES
from registry.material_orders.steps import MATERIAL_ORDER
from registry.tasks.queries import open_task_of
from registry.trail.queries import history


@web.open_to_all
def order_materials(request: HttpRequest) -> HttpResponse:
    asked = {"word": plain_word(request.GET.get("campaign")), "languages": request.GET.getlist("language")}
    form = forms.OrderMaterials(web.posted(request), initial=asked)
    status, kept = web.receive(request, form, actions.order_materials, what="material order", at=timezone.now())
    if kept is not None:
        return render(request, "registry/material_orders/ordered.html", {"order": kept, "task": open_task_of(kept)})
    page = {"form": form, "days": queries.days_to_send(timezone.localdate())}
    return render(request, "registry/material_orders/order.html", page, status=status)


@web.page(HANDLES)
def material_order(request: web.SignedIn, reference: str) -> HttpResponse:
    one = MATERIAL_ORDER.subject(request.user, reference=reference)
    names = dict(own_names())
    facts = {
        "order": one,
        "languages": [names.get(code, code) for code in one.languages],
        "task": open_task_of(one),
        "buttons": MATERIAL_ORDER.buttons(one, by=request.user, on=timezone.localdate()),
        "events": history.events_of("materialorder", one.reference),
    }
    return render(request, "registry/material_orders/material_order.html", facts)
