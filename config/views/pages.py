"""The pages of the installation itself: start, statements, what is said when something goes wrong."""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import logout as allauth_logout
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.demo import mail, receiver
from config.directory import session as directory_session
from config.directory.views import address_after_sign_out
from config.queries import finding, my_work, numbers, sample_people
from licensing.retention.queries import periods
from registry import permissions, signing, web
from registry.accounts.actions import accounts
from registry.accounts.models import User
from registry.background_work import queries as background_work
from registry.directory_service import staff_directory
from registry.register.states import Outcome
from registry.web.addresses import own_address, path_in

#: What is for people and not for search engines: nobody's search, report or case is ever found.
NOT_TO_BE_FOUND = (
    "/check/?",
    "/account/",
    "/apply/",
    "/licences/",
    "/organisations/",
    "/checks/",
    "/staff/",
    "/report/",
    "/c/",
    "/proofs/",
    "/part/",
    "/complain/",
)


# --- start and statements ---


@web.for_workers
@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "start.html", {"outcomes": list(Outcome)})


@web.for_workers
@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", {"reviewed_on": settings.ACCESSIBILITY_REVIEWED})


@web.for_workers
@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    facts = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    return render(request, "pages/cookies.html", facts)


@web.for_workers
@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    years = {code: periods.years_kept(code, day=today) for code in ("reports", "mailboxes")}
    return render(request, "pages/privacy.html", {"kept": list(periods.kept_on(today)), "years": years})


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/terms.html")


@web.for_workers
@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact.html")


@require_safe
def account(request: web.SignedIn) -> HttpResponse:
    return render(request, "account/index.html")


# --- after sign-in ---


@require_safe
def home(request: web.SignedIn) -> HttpResponse:
    """Where a person starts: staff at their work, providers at their licences, labour users at their checks."""
    if permissions.is_staff(request.user):
        return redirect("staff_home")
    if request.user.has_perm("licensing.apply"):
        return redirect("licences")
    return redirect("checks" if request.user.has_perm("public_lookup.make_formal_check") else "check")


@web.page("registry.work_for_authority")
def staff_home(request: web.SignedIn) -> HttpResponse:
    """What this person must do, by due day; then what they may take; what is urgent is on top."""
    page = {
        **my_work.my_work(request.user, timezone.now()),
        "idle_minutes": settings.STAFF_IDLE_SECONDS // 60,
        "late": _late_work(request.user),
    }
    return render(request, "staff/home.html", page)


def _late_work(user: User) -> list[background_work.StatusLine]:
    """What the background worker should have done by now, for those who can have it looked at."""
    if not user.has_perm("registry.manage_people"):
        return []
    return [line for line in background_work.status(timezone.now()) if line.is_late]


@web.page("registry.work_for_authority")
def staff_find(request: web.SignedIn) -> HttpResponse:
    """Whatever the staff work on, by what somebody on the telephone can say; straight to it if its number was typed."""
    typed = request.GET.get("q", "").strip()
    found = finding.find(typed, by=request.user, at=timezone.now())
    one = finding.meant(found, typed)
    if page := one.href if one else numbers.page_called(typed, by=request.user):
        return redirect(page)
    web.shows_rows(request, [one.row for group in found for one in group.named], way="search")
    return render(request, "staff/find.html", {"typed": typed, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
def step_up(request: web.SignedIn) -> HttpResponse:
    """Show the second factor once more, in one of the ways that this person has; then on to where it was asked for."""
    following = own_address(request.POST.get("next", request.GET.get("next", ""))) or reverse("home")
    if web.is_stepped_up(request):
        return redirect(following)
    if request.method == "POST" and settings.DEMO:
        record_authentication(request, request.user, "mfa", type="demo")
        return redirect(following)
    factors = Authenticator.objects.filter(user=request.user).values_list("type", flat=True)
    page = {
        "following": following,
        "has_app": Authenticator.Type.TOTP in factors,
        "has_passkey": Authenticator.Type.WEBAUTHN in factors,
        "directory": staff_directory() if directory_session.has_record(request) else None,
        "is_demo": settings.DEMO,
        "is_held": web.page_held(request) == following,
    }
    return render(request, "account/step_up.html", page)


#: The browser drops the pages that it keeps. Not its storage: there an inspector keeps visits that are not sent yet, and a
#: worker the private look-up; and not its cookies, which may be of other services under the same domain. Ours goes anyway.
LEFT_AT_SIGN_OUT = '"cache", "prefetchCache", "prerenderCache"'


@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    after = address_after_sign_out(request) if request.method == "POST" else ""
    response: HttpResponse = allauth_logout(request)
    if request.method == "POST":
        response = HttpResponseRedirect(after) if after else response
        response.headers["Clear-Site-Data"] = LEFT_AT_SIGN_OUT
    return response


@require_POST
def close_passkey_offer(request: web.SignedIn) -> HttpResponse:
    """The offer is not made again for 90 days."""
    accounts.put_off_passkey(request.user, by=request.user, at=timezone.now())
    return redirect("home")


# --- the demo only ---

View = Callable[[HttpRequest], HttpResponse]


def demo_only(view: View) -> View:
    """Outside the demo there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request)

    return login_not_required(guarded)


@demo_only
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Sign in as a sample person by one click, which counts as the second factor too."""
    if request.method != "POST":
        return render(request, "demo.html", {"people": sample_people.sample_people()})
    sample = next((one for one in sample_people.sample_people() if one.key == request.POST.get("person")), None)
    person = get_object_or_404(User, email=sample.email if sample else "", is_active=True)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person, "mfa", type="demo")
    return redirect(own_address(request.POST.get("next", "")) or "home")


@demo_only
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    context = {
        "messages_sent": mail.newest(settings.EMAIL_FILE_PATH),
        "texts": mail.newest_texts(settings.TEXT_FILE_PATH),
        "posts": receiver.newest(settings.VAR_DIR / "webhooks"),
    }
    return render(request, "demo_mail.html", context)


@csrf_exempt
@demo_only
@require_http_methods(["POST"])
def demo_receiver(request: HttpRequest) -> HttpResponse:
    """The system of a labour user, played by the demonstration: verifies, keeps and answers what is posted to it."""
    return JsonResponse(receiver.receive(settings.VAR_DIR / "webhooks", request.headers, request.body))


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness: RFC 9116."""
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {settings.SECURITY_TXT_EXPIRES:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, cy",
        f"Canonical: {settings.SITE_ADDRESS}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def public_keys(request: HttpRequest) -> HttpResponse:
    """The keys by which anybody can check what we sign: a JSON Web Key Set (RFC 7517, 8037)."""
    keys = signing.key_set(settings.SIGNING_KEY, settings.FORMER_PUBLIC_KEYS)
    return JsonResponse(keys, headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "max-age=3600"})


@login_not_required
@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers send people: the W3C's well-known address for changing a password."""
    return redirect("account_change_password")


@login_not_required
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    hidden = [path_in(code, place) for code, _name in settings.LANGUAGES for place in NOT_TO_BE_FOUND]
    lines = ["User-agent: *", "Allow: /check/", *(f"Disallow: {place}" for place in hidden), ""]
    lines += [f"Sitemap: {settings.SITE_ADDRESS}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("brand/favicon.png"))
