"""One sign-in with an emergency account, for those who confirm it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import web
from registry.directory.models import BreakGlassSignIn
from registry.directory.steps import BREAK_GLASS_SIGN_IN
from registry.templatetags.registry_parts import moment


@web.page("registry.manage_people", "registry.read_trail")
def break_glass_sign_in(request: web.SignedIn, reference: str) -> HttpResponse:
    one = BREAK_GLASS_SIGN_IN.subject(request.user, reference=reference)
    buttons = BREAK_GLASS_SIGN_IN.buttons(one, by=request.user, on=timezone.localdate())
    page = {"one": one, "facts": _facts(one), "buttons": buttons}
    return render(request, "registry/directory/break_glass_sign_in.html", page)


def _facts(sign_in: BreakGlassSignIn) -> list[dict[str, Any]]:
    facts = [
        _fact(_("Account"), sign_in.person.email),
        _fact(_("Signed in"), moment(sign_in.signed_in_at)),
    ]
    if sign_in.confirmed_by and sign_in.confirmed_at:
        facts.append(_fact(_("Confirmed by"), f"{sign_in.confirmed_by}, {moment(sign_in.confirmed_at)}"))
        facts.append(_fact(_("What it was used for"), sign_in.used_for))
    return facts


def _fact(key: str, value: object) -> dict[str, Any]:
    return {"key": key, "value": value}
