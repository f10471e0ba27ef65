"""Orders of materials on paper: the form for everyone, and the page of those who send them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from registry import web
from registry.campaigns.queries import plain_word
from registry.languages import own_names
from registry.material_orders import actions, forms, queries
from registry.material_orders.models import MaterialOrder
from registry.material_orders.states import HANDLES
from registry.material_orders.steps import MATERIAL_ORDER

#: In an hour, from one connection.
MOST_SENT = 10


def _open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """Without session or cookie, so that a forged form has nothing to borrow."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return web.not_kept(view(request, *args, **kwargs))

    return csrf_exempt(login_not_required(require_http_methods(["GET", "HEAD", "POST"])(shown)))


@_open_to_all
def order_materials(request: HttpRequest) -> HttpResponse:
    asked = {"word": plain_word(request.GET.get("campaign")), "languages": request.GET.getlist("language")}
    form = forms.OrderMaterials(web.posted(request), initial=asked)
    status = 200
    if request.method == "POST":
        status, kept = _received(request, form)
        if kept is not None:
            facts = {"order": kept, "task": queries.task_of(kept)}
            return render(request, "registry/material_orders/ordered.html", facts)
    page = {"form": form, "days": queries.days_to_send(timezone.localdate())}
    return render(request, "registry/material_orders/order.html", page, status=status)


def _received(request: HttpRequest, form: forms.OrderMaterials) -> tuple[int, MaterialOrder | None]:
    at = timezone.now()
    if web.is_too_often(request, "material order", most=MOST_SENT, at=at):
        form.add_error(None, _("Too much has come from this connection. Try again in an hour, or ring us."))
        return 429, None
    web.count(request, "material order", at=at)
    if form.is_valid():
        with web.reasons_on(form):
            language = get_language() or settings.LANGUAGE_CODE
            return 200, actions.order_materials(**form.cleaned_data, language=language, by=None, at=at)
    return 422, None


@require_safe
@web.needs(HANDLES)
def material_order(request: web.SignedIn, reference: str) -> HttpResponse:
    one = MATERIAL_ORDER.subject(request.user, reference=reference)
    names = dict(own_names())
    facts = {
        "order": one,
        "languages": [names.get(code, code) for code in one.languages],
        "task": queries.task_of(one),
        "buttons": MATERIAL_ORDER.buttons(one, by=request.user, on=timezone.localdate()),
        "events": queries.events_of(one),
    }
    return render(request, "registry/material_orders/material_order.html", facts)
