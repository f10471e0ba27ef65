"""Who acts for an organisation: for those who act for it, and for those who are asked to."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from registry import forms as registry_forms
from registry import permissions, web
from registry.errors import Reason
from registry.memberships import actions as memberships
from registry.memberships import forms, queries, rules
from registry.memberships.models import Membership
from registry.memberships.states import Act
from registry.organisations.models import Organisation

form_page = require_http_methods(["GET", "HEAD", "POST"])


# --- those who act for it ---


@web.page("licensing.apply")
def organisation_people(request: web.SignedIn, reference: str) -> HttpResponse:
    organisation = _own(request, reference)
    file = queries.organisation_people(organisation, by=request.user, at=timezone.now())
    return render(request, "registry/memberships/people.html", {"organisation": organisation, "file": file})


@web.page_with_form("licensing.apply")
def invite_to_act(request: web.SignedIn, reference: str) -> HttpResponse:
    organisation = _own(request, reference)
    form = forms.InviteToAct(web.posted(request))
    return _act(request, "invite", organisation, form, partial(memberships.invite, organisation))


@web.page_with_form("licensing.apply")
def resend_invitation(request: web.SignedIn, reference: str, invitation: str) -> HttpResponse:
    return _act_on_invitation(request, "resend", reference, invitation, memberships.resend_invitation)


@web.page_with_form("licensing.apply")
def withdraw_invitation(request: web.SignedIn, reference: str, invitation: str) -> HttpResponse:
    return _act_on_invitation(request, "withdraw", reference, invitation, memberships.withdraw_invitation)


@web.page_with_form("licensing.apply")
def change_kind(request: web.SignedIn, reference: str, person: str) -> HttpResponse:
    member = _member(request, reference, person)
    form = forms.ChangeKind(web.posted(request), initial={"kind": member.kind})
    return _act_on_member(request, "change_kind", member, form, memberships.change_kind)


@web.page_with_form("licensing.apply")
def remove_member(request: web.SignedIn, reference: str, person: str) -> HttpResponse:
    member = _member(request, reference, person)
    return _act_on_member(request, "remove", member, registry_forms.Confirm(web.posted(request)), memberships.remove)


@web.page_with_form("licensing.apply")
def record_consent(request: web.SignedIn, reference: str, person: str) -> HttpResponse:
    member = _member(request, reference, person)
    form = forms.GiveConsent(web.posted(request), initial={"starts": timezone.localdate()})
    return _act_on_member(request, "consent", member, form, memberships.consent)


@web.page_with_form("licensing.apply")
def withdraw_consent(request: web.SignedIn, reference: str, person: str) -> HttpResponse:
    member = _member(request, reference, person)
    form = registry_forms.Confirm(web.posted(request))
    return _act_on_member(request, "withdraw_consent", member, form, memberships.withdraw_consent)


# --- one's own side of it ---


@require_safe
def own_organisations(request: web.SignedIn) -> HttpResponse:
    """For whom one acts, and by whom one is asked to; also for an agent whose consent is over, who sees no more than that."""
    facts = {
        "memberships": queries.memberships_of(request.user, today=timezone.localdate()),
        "invitations": queries.invitations_for(request.user, at=timezone.now()),
    }
    return render(request, "registry/memberships/organisations.html", facts)


@form_page
def leave_organisation(request: web.SignedIn, reference: str) -> HttpResponse:
    own = request.user.memberships.filter(until=None).select_related("organisation", "user")
    member = get_object_or_404(own, organisation__reference=reference)
    acting = member.organisation.memberships.filter(until=None)
    page: dict[str, Any] = {"member": member, "back": "own_organisations"}
    form = registry_forms.Confirm(web.posted(request))
    tried = web.attempt(request, form, memberships.leave, member, made_of=[member.organisation])
    if tried.is_done:
        return redirect("own_organisations")
    return _form(request, "leave", form, list(rules.leave_blockers(member, acting)), **page)


@form_page
def accept_invitation(request: web.SignedIn, invitation: str) -> HttpResponse:
    return _answer(request, "accept", invitation, memberships.accept_invitation)


@form_page
def decline_invitation(request: web.SignedIn, invitation: str) -> HttpResponse:
    return _answer(request, "decline", invitation, memberships.decline_invitation)


def _answer(request: web.SignedIn, verb: str, invitation: str, action: Callable[..., object]) -> HttpResponse:
    waiting = queries.invitations_for(request.user, at=timezone.now())
    one = get_object_or_404(waiting.select_related("organisation", "invited_by"), reference=invitation)
    form = registry_forms.Confirm(web.posted(request))
    # Who is invited does not act for the organisation yet, and is told nothing of what happens there.
    tried = web.attempt(request, form, action, one, made_of=())
    if tried.is_done:
        return redirect("own_organisations")
    return _form(request, verb, form, invitation=one)


# --- what the pages of the organisation share ---


def _own(request: web.SignedIn, reference: str) -> Organisation:
    return get_object_or_404(Organisation.objects.acted_for_by(request.user), reference=reference)


def _member(request: web.SignedIn, reference: str, person: str) -> Membership:
    members = _own(request, reference).memberships.filter(until=None).select_related("user", "organisation")
    return get_object_or_404(members, user__reference=person)


def _act_on_member(
    request: web.SignedIn, verb: str, member: Membership, form: Form, action: Callable[..., object]
) -> HttpResponse:
    return _act(request, verb, member.organisation, form, partial(action, member), member=member)


def _act_on_invitation(
    request: web.SignedIn, verb: str, reference: str, invitation: str, action: Callable[..., object]
) -> HttpResponse:
    organisation = _own(request, reference)
    one = get_object_or_404(organisation.invitations.unanswered(), reference=invitation)
    form = registry_forms.Confirm(web.posted(request))
    return _act(request, f"{verb}_invitation", organisation, form, partial(action, one), invitation=one)


def _act(
    request: web.SignedIn,
    verb: str,
    organisation: Organisation,
    form: Form,
    action: Callable[..., object],
    **facts: Any,
) -> HttpResponse:
    """One page of a form and a button: it does what it says, and goes back to the people of the organisation."""
    tried = web.attempt(request, form, action, made_of=[organisation])
    if tried.is_done:
        return redirect("organisation_people", organisation.reference)
    blockers = list(permissions.act_blockers(request.user, organisation, Act.MANAGE, on=timezone.localdate()))
    return _form(request, verb, form, blockers, organisation=organisation, **facts)


def _form(
    request: web.SignedIn, verb: str, form: Form, blockers: list[Reason] | None = None, **facts: Any
) -> HttpResponse:
    context = {"form": form, "blockers": blockers or [], "days": rules.INVITATION_DAYS, **facts}
    return web.form_page(request, f"registry/memberships/{verb}.html", context)
