"""The addresses of the provider of the tests, and what it says of its people."""

import json
import time
from collections.abc import Callable
from typing import Any, cast

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

#: What is said of a sign-in, and so in the ID token alone.
OF_SIGN_IN = ("acr", "amr", "sid", "auth_time")


def said() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((cast(Any, settings).FOLDER / "people.json").read_text())
    return found


class Adapter(DefaultOIDCAdapter):
    def get_user_sub(self, client: Any, user: Any) -> str:
        return f"sub-of-{user.username}"

    def get_user_by_sub(self, client: Any, sub: str) -> Any:
        return User.objects.filter(username=sub.removeprefix("sub-of-")).first()

    def get_claims(
        self, purpose: Any, user: Any, client: Any, scopes: Any, email: str | None = None, **options: Any
    ) -> dict[str, Any]:
        about = dict(said()["people"][user.username])
        if about.get("auth_time") == "now":
            about["auth_time"] = int(time.time())
        claims = {"sub": self.get_user_sub(client, user), **about}
        return {key: value for key, value in claims.items() if purpose == "id_token" or key not in OF_SIGN_IN}

    def populate_id_token(self, id_token: dict[str, Any], client: Any, scopes: Any, **options: Any) -> None:
        id_token.update(said().get("id_token", {}))


def silent(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A provider that is there and does not answer as it should."""

    def answer(request: HttpRequest) -> HttpResponse:
        broken = [part for part in said().get("broken", ()) if part in request.path]
        return HttpResponse("broken", status=500) if broken else get_response(request)

    return answer


def sign_in(request: HttpRequest) -> HttpResponse:
    """The person that the browser names, by a cookie: no one is asked for a password."""
    login(
        request,
        cast(Any, User.objects.get(username=request.COOKIES["as"])),
        "django.contrib.auth.backends.ModelBackend",
    )
    return HttpResponseRedirect(request.GET["next"])


urlpatterns = [
    path("login/", sign_in, name="account_login"),
    path("again/", sign_in, name="account_reauthenticate"),
    path("", include("allauth.idp.urls")),
]
