"""Sending again what could not be delivered."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import web
from registry.outbox import actions, forms, queries, rules
from registry.outbox.lists import UNDELIVERED


@web.page_with_form("registry.send_again")
def send_again(request: web.SignedIn, reference: str) -> HttpResponse:
    item = queries.item_open_to(request.user, reference)
    if item is None:
        raise Http404
    form = forms.SendAgain(web.typed(request))
    tried = web.attempt(request, form, actions.send_again, item)
    if tried.is_done:
        return redirect("undelivered")
    return web.show_form(
        request,
        form,
        title=_("Send the message again"),
        press=_("Send it again"),
        back=reverse("undelivered"),
        back_text=UNDELIVERED.title,
        about=_("It is sent as it was written, to the same address."),
        caption=f"{item.get_kind_display()}, {item.reference}",
        blockers=rules.send_again_blockers(item, at=timezone.now()),
    )
