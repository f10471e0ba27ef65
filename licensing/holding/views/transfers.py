"""Passing a licence to another business: as its holder asks for it and takes it back, and as the other business answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.application_form.forms.fields import language
from licensing.holding import forms
from licensing.holding.actions import transfers as actions
from licensing.holding.models import Transfer
from licensing.holding.rules import transfers as rules
from licensing.holding.views.holder import own_licence
from registry import permissions, schemes, web
from registry.errors import Refused
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.schemes import said


@web.page_with_form("licensing.apply")
def transfer_licence(request: web.SignedIn, number: str) -> HttpResponse:
    own, today = own_licence(request, number), timezone.localdate()
    form = forms.Transfer(web.posted(request))
    done = _("You have asked for the transfer. We confirm it by letter.")
    tried = web.attempt(request, form, actions.ask, own, previews=True, done=done)
    if tried.is_done:
        return redirect("transfer_licence", number)
    words = schemes.in_force(own.scheme, today).transferring
    asked = own.transfers.select_related("became").order_by("-pk")
    who_may = list(permissions.act_blockers(request.user, own.organisation, Act.SURRENDER, on=today))
    page = {
        "licence": own,
        "form": form,
        "letters": tried.letters,
        "about": [said(text, language()) for text in words.about] if words else [],
        "asked": asked,
        "who_may": who_may,
        "blockers": [
            *who_may,
            *rules.ask_blockers(
                own, offered=words is not None, decisions=own.decisions.all(), transfers=asked, today=today
            ),
        ],
    }
    shown = "holder_transfer_check" if web.is_checking(request, form, tried) else "holder_transfer"
    return web.form_page(request, f"licensing/holding/{shown}.html", page)


@web.button("licensing.apply")
def retract_transfer(request: web.SignedIn, number: str, transfer: str) -> HttpResponse:
    own = own_licence(request, number)
    one = get_object_or_404(own.transfers.all(), reference=transfer)
    try:
        actions.retract(one, by=request.user, at=timezone.now())
        messages.success(request, _("You have taken the transfer back. Your licence continues."))
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, str(reason))
    return redirect("transfer_licence", number)


@web.page_with_form("licensing.apply")
def answer_transfer(request: web.SignedIn, reference: str, transfer: str) -> HttpResponse:
    """The other business agrees, or does not; why the holder wishes it is not said."""
    to_own = Transfer.objects.filter(application__organisation__in=Organisation.objects.acted_for_by(request.user))
    about = ("application__organisation", "licence__organisation", "became")
    one = get_object_or_404(to_own.select_related(*about), reference=transfer, application__reference=reference)
    form = forms.AnswerTransfer(web.posted(request))

    def answer(*, agrees: bool, **who: Any) -> object:
        return (actions.agree if agrees else actions.decline)(one, **who)

    done = _("You have answered. We have told the holder and decide on the transfer.")
    if web.attempt(request, form, answer, made_of=[one], done=done).is_done:
        return redirect("answer_transfer", reference, transfer)
    assert one.application is not None
    words = schemes.in_force(one.licence.scheme, timezone.localdate()).transferring
    page = {
        "application": one.application,
        "transfer": one,
        "form": form,
        "about": [said(text, language()) for text in words.about] if words else [],
        "conditions": one.licence.conditions.filter(status="open").order_by("pk"),
        "blockers": list(
            permissions.act_blockers(request.user, one.application.organisation, Act.SUBMIT, on=timezone.localdate())
        ),
    }
    return web.form_page(request, "licensing/holding/holder_answer_transfer.html", page)
