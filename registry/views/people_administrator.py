"""Who has access, and as what."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry import forms, permissions, queries, web
from registry.actions import accounts, keys
from registry.models import ApiKey, User

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@web.needs("registry.manage_people")
def people(request: web.SignedIn) -> HttpResponse:
    found = queries.people(request.GET)
    return web.list_page(request, "registry/people/people.html", found, title=_("People"))


@require_safe
@web.needs("registry.manage_people")
def person(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(User, reference=reference, is_system=False)
    return render(
        request, "registry/people/person.html", {"file": queries.person_file(shown, by=request.user, at=timezone.now())}
    )


@form_page
@web.needs("registry.manage_people")
def invite(request: web.SignedIn) -> HttpResponse:
    form = forms.Invite(web.typed(request))
    tried = web.attempt(request, form, accounts.invite)
    if tried.is_done:
        return redirect("person", tried.result.reference)
    return _form(request, "invite", form)


@form_page
@web.needs("registry.manage_people")
def change_roles(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(User, reference=reference, is_system=False)
    form = forms.ChangeRoles(web.typed(request), initial={"roles": sorted(shown.roles), "agency": shown.agency})
    return _act(request, shown, "change_roles", form, accounts.change_roles)


@form_page
@web.needs("registry.manage_people")
def change_team(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(User, reference=reference, is_system=False)
    form = forms.Team(web.typed(request), initial={"team": shown.team}, teams=queries.teams())
    return _act(request, shown, "change_team", form, accounts.change_team)


@form_page
@web.needs("registry.manage_people")
def reset_second_factor(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(User, reference=reference, is_system=False)
    return _act(request, shown, "reset_second_factor", forms.Because(web.typed(request)), accounts.reset_second_factor)


@form_page
@web.needs("registry.manage_people")
def off_board(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(User, reference=reference, is_system=False)
    return _act(request, shown, "off_board", forms.Because(web.typed(request)), accounts.off_board)


@form_page
@web.needs("registry.manage_people")
def take_key(request: web.SignedIn, reference: str, key: str) -> HttpResponse:
    """To end a key of somebody else's, at once: whatever has it is shut out."""
    one = get_object_or_404(ApiKey.objects.select_related("user"), reference=key, user__reference=reference)
    form = forms.Because(web.typed(request))
    tried = web.attempt(request, form, keys.take_away, one)
    if tried.is_done:
        return redirect("person", reference)
    return _form(request, "take_key", form, person=one.user, key=one)


def _act(request: web.SignedIn, shown: User, verb: str, form: Form, action: Callable[..., User]) -> HttpResponse:
    tried = web.attempt(request, form, action, shown)
    if tried.is_done:
        return redirect("person", shown.reference)
    return _form(request, verb, form, person=shown)


def _form(request: web.SignedIn, verb: str, form: Form, **facts: Any) -> HttpResponse:
    context = {"form": form, "roles": [permissions.ROLES[name] for name, _title in forms.ROLE_CHOICES], **facts}
    return web.form_page(request, f"registry/people/{verb}.html", context)
