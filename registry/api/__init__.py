"""What every endpoint for programs of the authority shares: the key by which it is asked, the shape of a problem."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from ninja.security import HttpBearer

from registry import web
from registry.accounts import rules
from registry.accounts.actions import keys
from registry.accounts.models import ApiKey, Scope, User
from registry.errors import Reason
from registry.organisations.models import Organisation


class OutOfScope(PermissionDenied):
    """The key may not be used for this, whatever its person may do."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(_("This key may not be used for this: %(scope)s.") % {"scope": scope.label})


class ByKey(web.SignedIn):
    """A request of a program: `user` is the person whose key it is, whoever may be signed in in the browser that sends it."""

    api_key: ApiKey


class Key(HttpBearer):
    """A key in force, of a person whose keys can be used for something now, that may be used for this."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        now = timezone.now()
        key = ApiKey.objects.of_secret(token, at=now)
        of_person = rules.scopes_for(key.user) if key else []
        if key is None or not set(key.scopes) & set(of_person):
            return None
        request.user = key.user
        cast(ByKey, request).api_key = key
        keys.use(key, by=key.user, at=now)
        if self.scope not in key.scopes or self.scope not in of_person:
            raise OutOfScope(self.scope)
        return key


class ReasonOut(Schema):
    code: str
    text: str
    where: str = Field("", description="The parameter or field that it is about, if any")


class RefusalProblem(Schema):
    """What went wrong, as RFC 9457 has it; the reasons are the sentences that the page says."""

    type: str = Field(description="A stable name of the problem", examples=["/problems/refused"])
    title: str
    status: int
    detail: str = ""
    instance: str = Field(description="The id of this request, to quote when you ask us about it")
    reasons: list[ReasonOut] = []


PROBLEMS: dict[int, Any] = {
    401: RefusalProblem,
    403: RefusalProblem,
    404: RefusalProblem,
    409: RefusalProblem,
    422: RefusalProblem,
    429: RefusalProblem,
    503: RefusalProblem,
}


class MoveOut(Schema):
    """Something that this person may do; `reasons` say why not now, and are empty when it is possible."""

    name: str
    title: str
    reasons: list[ReasonOut]


class OrganisationOut(Schema):
    reference: str
    name: str


class PersonOut(Schema):
    reference: str
    name: str


class Done(Schema):
    """What was acted on, and where it stands now."""

    reference: str
    status: str


Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class StaffRouter(Router):
    """Endpoints for programs of the authority: each is asked with a key, and says in one shape what went wrong.

    The operation has the name that is given, and its address is called `staff_api_<name>`, if not `url_name`. `words` are the
    summary and the description, if not those of the function.
    """

    def reads(self, path: str, name: str, out: Any, **more: str) -> Callable[[Endpoint], Endpoint]:
        return self.does(path, name, Scope.READ, out, method="GET", **more)

    def does(
        self,
        path: str,
        name: str,
        scope: Scope,
        out: Any = Done,
        *,
        method: str = "POST",
        url_name: str = "",
        **words: Any,
    ) -> Callable[[Endpoint], Endpoint]:
        made: Callable[[Endpoint], Endpoint] = self.api_operation(
            [method],
            path,
            response={200: out, **PROBLEMS},
            auth=Key(scope),
            operation_id=name,
            url_name=url_name or f"staff_api_{name}",
            **words,
        )
        return made


def reasons_out(reasons: Iterable[Reason]) -> list[ReasonOut]:
    return [ReasonOut(code=one.code, text=str(one.text), where=one.where) for one in reasons]


def moves_out(moves: Iterable[Any]) -> list[MoveOut]:
    """The moves of a page: each with a name, a title, and what stands against it now."""
    return [MoveOut(name=one.name, title=str(one.title), reasons=reasons_out(one.blockers)) for one in moves]


def organisation_out(organisation: Organisation) -> dict[str, Any]:
    return {"reference": organisation.reference, "name": organisation.legal_name}


def person_out(user: User | None) -> dict[str, Any] | None:
    return {"reference": user.reference, "name": str(user)} if user else None
