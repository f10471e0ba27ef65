"""What every endpoint for programs of the authority shares: the key by which it is asked, and the shape of a problem."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Schema
from ninja.security import HttpBearer

from registry import permissions, web
from registry.actions import keys
from registry.models import ApiKey, Scope


class OutOfScope(PermissionDenied):
    """The key may not be used for this, whatever its person may do."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(_("This key may not be used for this: %(scope)s.") % {"scope": scope.label})


class ByKey(web.SignedIn):
    """A request of a program: `user` is the person whose key it is, whoever may be signed in in the browser that sends it."""

    api_key: ApiKey


class Key(HttpBearer):
    """A key in force, of somebody who works for the authority now, that may be used for this."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        now = timezone.now()
        key = ApiKey.objects.of_secret(token, at=now)
        if key is None or not permissions.is_staff(key.user):
            return None
        request.user = key.user
        request.api_key = key  # type: ignore[attr-defined]
        keys.use(key, by=key.user, at=now)
        if self.scope not in key.scopes:
            raise OutOfScope(self.scope)
        return key


class ReasonOut(Schema):
    code: str
    text: str
    where: str = Field("", description="The parameter or field that it is about, if any")


class Problem(Schema):
    """What went wrong, as RFC 9457 has it; the reasons are the sentences that the page says."""

    type: str = Field(description="A stable name of the problem", examples=["/problems/refused"])
    title: str
    status: int
    detail: str = ""
    instance: str = Field(description="The id of this request, to quote when you ask us about it")
    reasons: list[ReasonOut] = []


PROBLEMS: dict[int, Any] = {
    401: Problem,
    403: Problem,
    404: Problem,
    409: Problem,
    422: Problem,
    429: Problem,
    503: Problem,
}
