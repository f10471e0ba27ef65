"""Signing in and out by a provider."""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.directory import saml, session
from config.directory.faults import page_for_error, page_of_refusal, page_of_silence
from config.directory.oidc import RegistryOAuth2Adapter, RegistryProvider
from registry import web
from registry.directory import actions, queries
from registry.directory_service import STAFF, IdentityProvider, provider_of, staff_directory, tokens
from registry.directory_service import provider as asking
from registry.directory_service.saml import describe
from registry.errors import Refused
from registry.web.addresses import own_address

logger = logging.getLogger(__name__)

View = Callable[[HttpRequest, IdentityProvider], HttpResponse]


def _by_provider(view: View) -> Callable[..., HttpResponse]:
    """Of a provider that the file names: others have no such page. What goes wrong is said in words."""

    @wraps(view)
    def guarded(request: HttpRequest, kind: str) -> HttpResponse:
        provider = provider_of(kind)
        if provider is None:
            raise Http404
        try:
            return view(request, provider)
        except (asking.ProviderSilent, asking.NoLongerSignedIn) as fault:
            logger.warning("Sign-in by %s: %s", kind, fault)
            return page_of_silence(request)
        except tokens.NotBelieved as fault:
            logger.warning("Sign-in by %s is not believed: %s", kind, fault)
            return page_for_error(request, provider)
        except Refused as refused:
            return page_of_refusal(request, provider, refused.reasons)

    return guarded


@login_not_required
@require_POST
@_by_provider
def sign_in(request: HttpRequest, provider: IdentityProvider) -> HttpResponse:
    """On to the provider. Posted, so that no other site can begin it."""
    return _to_provider(request, provider)


@login_not_required
@require_safe
@_by_provider
def callback(request: HttpRequest, provider: IdentityProvider) -> HttpResponse:
    """Back from the provider: allauth compares the state, and gets the tokens for the code."""
    if provider.is_saml:
        raise Http404
    adapter = RegistryOAuth2Adapter(request, RegistryProvider(request, provider))
    view: Callable[[HttpRequest], HttpResponse] = cast(Any, OAuth2CallbackView).adapter_view(adapter)
    return view(request)


@csrf_exempt
@login_not_required
@require_POST
@_by_provider
def take_answer(request: HttpRequest, provider: IdentityProvider) -> HttpResponse:
    """A page of the directory posts what it says of a person, by SAML."""
    _need_saml(provider)
    return saml.believed(request, provider)


@login_not_required
@require_safe
@_by_provider
def use_answer(request: HttpRequest, provider: IdentityProvider) -> HttpResponse:
    """Back in the session of this browser, with what was believed."""
    _need_saml(provider)
    return saml.signed_in(request, provider)


@login_not_required
@require_safe
@_by_provider
def metadata(request: HttpRequest, provider: IdentityProvider) -> HttpResponse:
    """What the directory is told of us."""
    _need_saml(provider)
    return HttpResponse(describe(provider, origin=settings.SITE_ADDRESS), content_type="application/samlmetadata+xml")


def _need_saml(provider: IdentityProvider) -> None:
    if not provider.is_saml:
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_again(request: web.SignedIn) -> HttpResponse:
    """Show once more at the provider that it is you, with the second factor where the file trusts it."""
    directory = staff_directory()
    if directory is None or not session.has_record(request):
        raise Http404
    if request.method != "POST":
        page = {"provider": directory, "following": _following(request)}
        return render(request, "directory/sign_in_again.html", page)
    try:
        return _to_provider(request, directory, again=True)
    except asking.ProviderSilent:
        return page_of_silence(request)


def _to_provider(request: HttpRequest, provider: IdentityProvider, *, again: bool = False) -> HttpResponse:
    if provider.is_saml:
        return saml.to_directory(request, provider, following=_following(request), again=again)
    asked = {"prompt": "login", "max_age": "0"} if again else {}
    if provider.trusted_acr:
        asked["acr_values"] = " ".join(sorted(provider.trusted_acr))
    going: HttpResponse = RegistryProvider(request, provider).redirect(
        request, process="login", next_url=_following(request) or None, auth_params=asked
    )
    return going


def _following(request: HttpRequest) -> str:
    return own_address(request.POST.get("next", request.GET.get("next", "")))


@csrf_exempt
@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """The provider says that someone has signed out there (Back-Channel Logout 1.0): their sessions here end at once."""
    directory, at = staff_directory(), timezone.now()
    if directory is None or directory.is_saml:
        raise Http404
    try:
        claims = tokens.log_out_claims(directory, request.POST.get("logout_token", ""), now=time.time())
    except tokens.NotBelieved as fault:
        logger.warning("A log-out token is not believed: %s", fault)
        return _answer(400, error="invalid_request")
    except asking.ProviderSilent:
        return _answer(503, error="temporarily_unavailable")
    sub, sid = str(claims.get("sub") or ""), str(claims.get("sid") or "")
    person = queries.person_of(STAFF, sub or queries.subject_of_sign_in(sid))
    ended = queries.sessions_of_identity(sub=sub, sid=sid)
    actions.end_sessions(person, sessions=ended, by=actions.act_as_directory(by=None, at=at), at=at)
    return _answer(200)


def _answer(status: int, **said: Any) -> HttpResponse:
    return JsonResponse(said, status=status, headers={"Cache-Control": "no-store"})


def address_after_sign_out(request: HttpRequest) -> str:
    """Where the provider ends its own sign-in too; empty where it has no such page, or does not answer."""
    directory = staff_directory()
    if directory is None or directory.is_saml or not session.has_record(request):
        return ""
    try:
        page = str(asking.discovered(directory).get("end_session_endpoint") or "")
    except asking.ProviderSilent:
        return ""
    said = {
        "client_id": directory.client_id,
        "id_token_hint": session.id_token_of(request),
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("start")),
    }
    return f"{page}?{urlencode(said)}" if page else ""


def to_sign_in(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
