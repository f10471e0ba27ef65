"""Who has access, and as what.

The keys that a person has given to programs.

Where somebody is signed in, and signing out there."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registry import forms as registry_forms
from registry import roles as permissions
from registry import web
from registry.accounts import forms, queries, rules
from registry.accounts.actions import accounts
from registry.accounts.actions import keys as keys_actions
from registry.accounts.models import AccessRequest, ApiKey, User
from registry.accounts.steps import ACCESS_REQUEST
from registry.templatetags.registry_parts import moment

form_page = require_http_methods(["GET", "HEAD", "POST"])


@web.page("registry.manage_people")
def person(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(User, reference=reference, is_system=False)
    return render(
        request,
        "registry/accounts/person.html",
        {"file": queries.person_file(shown, by=request.user, at=timezone.now())},
    )


@form_page
def change_own_name(request: web.SignedIn) -> HttpResponse:
    form = forms.OwnName(web.typed(request), initial={"name": request.user.name})
    tried = web.attempt(request, form, accounts.change_own_name, request.user, done=_("Your name has been changed."))
    if tried.is_done:
        return redirect("account")
    return web.show_form(
        request,
        form,
        title=_("Change your name"),
        press=_("Save your name"),
        back=reverse("account"),
        blockers=rules.own_name_blockers(request.user, by=request.user),
    )


@web.page("registry.manage_people", "registry.read_trail")
def access_request(request: web.SignedIn, reference: str) -> HttpResponse:
    one = ACCESS_REQUEST.subject(request.user, reference=reference)
    buttons = ACCESS_REQUEST.buttons(one, by=request.user, on=timezone.localdate())
    facts = {"one": one, "facts": _access_facts(one), "buttons": buttons}
    return render(request, "registry/accounts/access_request.html", facts)


def _access_facts(request: AccessRequest) -> list[dict[str, Any]]:
    """What the page of one request says."""
    facts = [
        _fact(_("What for"), queries.access_in_words(request)),
        _fact(_("Roles now"), queries.roles_in_words(sorted(request.person.roles)) or _("None")),
        _fact(_("Asked by"), f"{request.asked_by}, {moment(request.asked_at)}"),
    ]
    if request.ended_by and request.ended_at:
        facts.append(_fact(request.get_status_display(), f"{request.ended_by}, {moment(request.ended_at)}"))
    if request.refused_because:
        facts.append(_fact(_("Why not"), request.refused_because))
    return facts


def _fact(key: str, value: object) -> dict[str, Any]:
    return {"key": key, "value": value}


@web.page_with_form("registry.manage_people")
def invite(request: web.SignedIn) -> HttpResponse:
    form = forms.Invite(web.typed(request))
    tried = web.attempt(request, form, accounts.invite)
    if tried.is_done:
        return redirect("person", tried.result.reference)
    return _form(request, "invite", form)


@web.page_with_form("registry.manage_people")
def change_roles(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(User, reference=reference, is_system=False)
    form = forms.ChangeRoles(web.typed(request), initial={"roles": sorted(shown.roles), "agency": shown.agency})
    return _act(request, shown, "change_roles", form, accounts.change_roles)


@web.page_with_form("registry.manage_people")
def change_team(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(User, reference=reference, is_system=False)
    form = forms.Team(web.typed(request), initial={"team": shown.team}, teams=queries.teams())
    return _act(request, shown, "change_team", form, accounts.change_team)


@web.page_with_form("registry.manage_people")
def reset_second_factor(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(User, reference=reference, is_system=False)
    return _act(
        request, shown, "reset_second_factor", registry_forms.Because(web.typed(request)), accounts.reset_second_factor
    )


@web.page_with_form("registry.manage_people")
def off_board(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(User, reference=reference, is_system=False)
    form = forms.OffBoard(web.typed(request), person=shown)
    return _act(request, shown, "off_board", form, accounts.off_board, open_tasks=queries.open_tasks_of(shown))


@web.page_with_form("registry.manage_people")
def take_key(request: web.SignedIn, reference: str, key: str) -> HttpResponse:
    """To end a key of somebody else's, at once: whatever has it is shut out."""
    one = get_object_or_404(ApiKey.objects.select_related("user"), reference=key, user__reference=reference)
    form = registry_forms.Because(web.typed(request))
    tried = web.attempt(request, form, keys_actions.take_away, one)
    if tried.is_done:
        return redirect("person", reference)
    return _form(request, "take_key", form, person=one.user, key=one)


def _act(
    request: web.SignedIn, shown: User, verb: str, form: Form, action: Callable[..., User], **facts: Any
) -> HttpResponse:
    tried = web.attempt(request, form, action, shown)
    if tried.is_done:
        return redirect("person", shown.reference)
    return _form(request, verb, form, person=shown, **facts)


def _form(request: web.SignedIn, verb: str, form: Form, **facts: Any) -> HttpResponse:
    context = {"form": form, "roles": [permissions.ROLES[name] for name, _title in forms.ROLE_CHOICES], **facts}
    return web.form_page(request, f"registry/accounts/{verb}.html", context)


WORKS_HERE = rules.WORK


key_form_page = require_http_methods(["GET", "HEAD", "POST"])


@web.page(*rules.MAKES_KEYS)
def keys(request: web.SignedIn) -> HttpResponse:
    rows = queries.keys_of(request.user, at=timezone.now())
    return render(request, "registry/accounts/keys.html", {"rows": rows})


@key_form_page
@web.needs(*rules.MAKES_KEYS)
def make_key(request: web.SignedIn) -> HttpResponse:
    """It lets a program in for months, so the person has just shown a second factor, or who they are. The secret is shown once."""
    form = forms.MakeKey(web.typed(request), person=request.user)
    if web.is_sent(request, form) and (way := _to_prove(request)):
        return way
    tried = web.attempt(request, form, keys_actions.make)
    if tried.is_done:
        return web.not_kept(render(request, "registry/accounts/key_made.html", {"made": tried.result}))
    return web.show_form(
        request,
        form,
        title=_("Make a key"),
        press=_("Make the key"),
        back=reverse("keys"),
        back_text=_("Keys for programs"),
    )


def _to_prove(request: web.SignedIn) -> HttpResponse | None:
    """Those who work for the authority show a second factor; all others the password or a passkey."""
    if request.user.has_perm(rules.WORK):
        return None if web.is_stepped_up(request) else web.to_step_up(request)
    return None if web.has_shown_who(request) else web.to_show_who(request)


@key_form_page
@web.needs(*rules.MAKES_KEYS)
def revoke_key(request: web.SignedIn, reference: str) -> HttpResponse:
    key = get_object_or_404(ApiKey, reference=reference, user=request.user)
    form = registry_forms.Confirm(web.posted(request))
    tried = web.attempt(request, form, keys_actions.revoke, key)
    if tried.is_done:
        return redirect("keys")
    return web.show_form(
        request,
        form,
        title=_("Revoke the key %(name)s") % {"name": key},
        about=_("Whatever has it is shut out from the next request on."),
        press=_("Revoke"),
        back=reverse("keys"),
        back_text=_("Keys for programs"),
    )


@key_form_page
@web.needs(WORKS_HERE)
def step_up_key(request: web.SignedIn, reference: str) -> HttpResponse:
    """What the page of deciding asks of a person, asked for a program of theirs."""
    key = get_object_or_404(ApiKey, reference=reference, user=request.user)
    form = registry_forms.Confirm(web.posted(request))
    if web.is_sent(request, form) and not web.is_stepped_up(request):
        return web.to_step_up(request)
    tried = web.attempt(request, form, keys_actions.step_up, key)
    if tried.is_done:
        return redirect("keys")
    return web.show_form(
        request,
        form,
        title=_("Let the key %(name)s decide") % {"name": key},
        about=_("For ten minutes it may take decisions that others have proposed, in your name."),
        press=_("Let it decide for ten minutes"),
        back=reverse("keys"),
        back_text=_("Keys for programs"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: web.SignedIn) -> HttpResponse:
    """Every browser in which this person is signed in; the button signs them out in all but this one, once they show who they are."""
    here = request.session.session_key or ""
    form = registry_forms.Confirm(web.posted(request))
    if form.is_valid():
        if not web.has_shown_who(request):
            return web.to_show_who(request)
        accounts.end_other_sessions(request.user, here=here, by=request.user, at=timezone.now())
        return redirect("own_sessions")
    sessions = queries.sessions_of(request.user, here=here, at=timezone.now())
    return render(request, "registry/accounts/sessions.html", {"sessions": sessions})


@require_http_methods(["GET", "POST"])
@web.asks_only
def session_left(request: web.SignedIn) -> JsonResponse:
    """For how many seconds this person stays signed in if they do nothing; to post here is to do something."""
    idle = web.idle_left(request)
    left = web.session_left(request)
    return JsonResponse({"left": left if idle is None else min(left, idle)})
