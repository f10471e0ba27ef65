"""Which requests count towards which rate limit, and the page that says that there were too many."""

import re
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from registry.web.faults import too_many
from registry.web.limits import Limit

#: In order, the first that fits; after the language of the address.
#: The same as in docs/serving/nginx.conf, which counts too where it stands in front. The API counts by itself.
COUNTED = (
    ("data", r"(GET|POST) statistics/.+\.(zip|ods)"),
    ("leave", r"POST (follow/|check/many/$|check/.+/proof/|proofs/)"),
    ("look_up", r"POST (check|verify|c)/"),
    ("look_up", r"GET check/\?"),
    ("look_up", r"(POST reconcile/|GET reconcile/(suggest/)?\?)"),
    ("look_up", r"GET (how-we-choose/|statistics/.|apply/$|check/many/.)"),  # long tables
    ("report", r"POST report/"),
    ("sign_in", r"POST account/"),
    ("upload", r"POST (apply|licences|organisations|part)/"),
    ("data", r"GET data/register\.(csv|json|ftm\.json)"),
    ("data", r"GET api/(staff/)?v1/openapi\.json"),
    ("data", r"GET apply/paper/"),
    ("data", r"GET (check|proofs|materials|help)/.*\.pdf"),
)
#: A form that brings a file, wherever it is; the API counts by itself, and a field device sends a file in many pieces.
WITH_FILES = "upload"
OTHERWISE_COUNTED = ("api/", "staff/field/")
#: A page that is read costs little, and still something; so does a form that is sent and counts towards nothing else. Those of
#: staff are behind the sign-in, what machines ask counts by itself, and `HEAD` costs as much as `GET`.
READ = "read"
NOT_READ = re.compile(r"(static|api|staff|partner|health|metrics|telephone|payments)/?")
PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in COUNTED)


@cache
def languages() -> re.Pattern[str]:
    return re.compile(f"/(?:(?:{'|'.join(code for code, _name in settings.LANGUAGES)})/)?")


def name_of(request: HttpRequest) -> str:
    """The limit that the request counts towards; empty for none."""
    path = languages().sub("", request.path, count=1)
    method = "GET" if request.method == "HEAD" else request.method
    asked = f"{method} {path}{'?' if request.META.get('QUERY_STRING') else ''}"
    brings_files = request.content_type == "multipart/form-data" and not path.startswith(OTHERWISE_COUNTED)
    otherwise = "" if NOT_READ.match(path) else READ
    if request.method == "POST" and brings_files:
        otherwise = WITH_FILES
    return next((name for name, pattern in PATTERNS if pattern.match(asked)), otherwise)


class LimitMiddleware:
    """Before anything is read of a request, 429 for a client that has sent too many."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = name_of(request)
        if not name:
            return self.get_response(request)
        allowance = Limit(name).spend(request)
        if not allowance.is_spent:
            return self.get_response(request)
        return too_many(request, allowance)
