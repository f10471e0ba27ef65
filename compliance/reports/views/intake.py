"""How to say that something is wrong, and the mailbox: open to everybody, without a session, without a cookie."""

from datetime import datetime

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.db import DatabaseError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance import passphrases, vault
from compliance.reports.actions import reports
from compliance.reports.forms import intake as intake_forms
from compliance.reports.forms import intake_steps as intake
from compliance.reports.models.reports import Report
from compliance.reports.queries import help_lines
from compliance.reports.queries import reports as reports_queries
from compliance.reports.rules.promises import PROMISES
from compliance.reports.views import anonymous as web
from registry.campaigns.queries import plain_word
from registry.campaigns.states import CampaignTotal
from registry.errors import TooManyAtOnce
from registry.overdue import has_passed
from registry.uploads import LONGEST_SECONDS
from registry.web import count, count_visit, is_too_often, note, reasons_on, refuse_unread

# In an hour, from one connection, which a whole house of workers may share.
MOST_SENT = 40
MOST_WRONG_WORDS = 30


@csp_update({"media-src": [SELF, "blob:"]})
@web.anonymous
def report(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    if request.method == "POST":
        told = intake_forms.Intake(request.POST, request.FILES)
        return _send(request, told, at) if told.is_handed_in else _page(request, told, at)
    begun = reports_queries.about_number(request.GET.get("about", "")[:20], request.GET.get("kind", ""), at=at)
    if campaign := plain_word(request.GET.get("campaign")):
        begun = {**begun, "campaign": campaign}
    return _page(request, intake_forms.Intake(MultiValueDict({name: [text] for name, text in begun.items()})), at)


def _page(request: HttpRequest, told: intake_forms.Intake, at: datetime, *, status: int = 200) -> HttpResponse:
    facts = {
        "told": told,
        "form": told.form,
        "posted": told.posted,
        "ticket": request.POST.get("ticket") or vault.new_ticket(at=at),
        "helpers": help_lines.helpers(timezone.localdate(at)),
        "authorities": help_lines.authorities(timezone.localdate(at)),
        "promises": PROMISES,
        "longest": LONGEST_SECONDS,
        "policy": help_lines.policy(timezone.localdate(at)),
    }
    response = render(request, told.form.template, facts, status=_status_of(told.form, status))
    # A voice is recorded here, and listened to before it is sent.
    response.headers["Permissions-Policy"] = "microphone=(self)"
    return response


@web.anonymous
def draft(request: HttpRequest) -> HttpResponse:
    """Every question on one page, to be kept on the phone of the one who chose so; sent, it opens the last page of the report."""
    on = timezone.localdate()
    asked = [step for step in intake_forms.STEPS if step not in {intake.CallStep, intake.SendStep}]
    page = {
        "facts": {"notes": request.path.removesuffix("draft/"), "cleared": _("Deleted")},
        "steps": [step(initial={}) for step in asked],
        "button": intake.SendStep.title,
        "helpers": help_lines.helpers(on),
        "authorities": help_lines.authorities(on),
    }
    return render(request, "compliance/reports/reporter_draft.html", page)


def _send(request: HttpRequest, told: intake_forms.Intake, at: datetime) -> HttpResponse:
    ticket = vault.open_ticket(request.POST.get("ticket", ""), at=at)
    try:
        if is_too_often(request, "sent", most=MOST_SENT, at=at):
            told = intake_forms.Intake(request.POST)  # photographs cost too much to be looked at
            refuse_unread(told.form, _too_often())
            return _page(request, told, at, status=429)
        count(request, "sent", at=at)
        kept = _kept(request, told, ticket, at)
    except TooManyAtOnce:
        told = intake_forms.Intake(request.POST)
        refuse_unread(told.form, _not_taken())
        return _page(request, told, at, status=503)
    except DatabaseError as fault:
        note(fault, what=web.CANNOT_TAKE)
        told.form.add_error(None, _not_taken())
        return _page(request, told, at, status=503)
    if kept is None:
        return _page(request, told, at)
    if kept.received_at == at:  # and not sent once more
        count_visit(plain_word(request.POST.get("campaign")), CampaignTotal.REPORT, at=at)
    language = passphrases.language_of_words(kept.language)
    facts = {
        "report": kept,
        "helpers": help_lines.helpers(timezone.localdate(at)),
        "passphrase": ticket.passphrase(language),
        "language_of_words": language,
        "group_words": _group_words(request, kept, ticket, language),
        "posted": told.posted,
    }
    return render(request, "compliance/reports/reporter_sent.html", facts)


def _group_words(request: HttpRequest, kept: Report, ticket: vault.Ticket, language: str) -> str:
    """For others in the same situation; none for who was given some, or reports for themselves alone."""
    is_first = (kept.people or 0) > 1 and not request.POST.get("group", "").strip()
    return ticket.group_words(language) if is_first else ""


def _kept(request: HttpRequest, told: intake_forms.Intake, ticket: vault.Ticket, at: datetime) -> Report | None:
    """The report, kept once however often the button was pressed; none when something speaks against it."""
    if not told.is_complete:
        return None
    answers = {"language": get_language() or settings.LANGUAGE_CODE, **told.answers}
    language = passphrases.language_of_words(answers["language"])
    passphrase = ticket.passphrase(language)
    answers["group"] = answers["group"] or ticket.group_words(language)
    kept: Report | None = None
    with reasons_on(told.form):
        kept = reports.receive(once=ticket.once, passphrase=passphrase, **answers, by=None, at=at)
    return kept


@web.anonymous
def mailbox(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    if request.method != "POST":
        return _shut(request, intake.Open())
    if opened := reports_queries.opened_mailbox(request.POST.get("key", ""), at=at):
        return _say(request, opened, at)
    if "key" in request.POST:
        return _shut(request, intake.Open(), has_waited=True)
    return _try_words(request, intake.Open(request.POST), at)


def _try_words(request: HttpRequest, form: intake.Open, at: datetime) -> HttpResponse:
    if is_too_often(request, "mailbox", most=MOST_WRONG_WORDS, at=at):
        refuse_unread(form, _too_often())
        return _shut(request, form, status=429)
    if not form.is_valid():
        return _shut(request, form, status=422)
    words = form.cleaned_data["passphrase"]
    if opened := reports_queries.open_mailbox(words):
        if opened.has_former_key:
            reports.renew_mailbox_key(opened, passphrase=words, by=None, at=at)
        return _inside(request, opened, intake.Reply(initial={"text": request.POST.get("text", "")}), at)
    count(request, "mailbox", at=at)
    form.add_error("passphrase", _("These words open no mailbox. Check each word."))
    if unknown := passphrases.unknown_words(words):
        form.add_error(
            "passphrase",
            _("We never give these words: %(words)s. Check how you wrote them.") % {"words": ", ".join(unknown)},
        )
    return _shut(request, form, status=422)


def _say(request: HttpRequest, opened: Report, at: datetime) -> HttpResponse:
    """The mailbox is open: add what was written, if something was."""
    if "send" not in request.POST:
        return _inside(request, opened, intake.Reply(initial={"text": request.POST.get("text", "")}), at)
    if is_too_often(request, "sent", most=MOST_SENT, at=at):
        form = intake.Reply(request.POST)
        refuse_unread(form, _too_often())
        return _inside(request, opened, form, at, status=429)
    count(request, "sent", at=at)
    form = intake.Reply(request.POST, request.FILES)
    if form.is_valid():
        with reasons_on(form):
            reports.reply(opened, **form.cleaned_data, once=_once(request), by=None, at=at)
            return _inside(request, opened, intake.Reply(), at, has_said=True)
    return _inside(request, opened, form, at)


def _shut(request: HttpRequest, form: intake.Open, *, has_waited: bool = False, status: int = 200) -> HttpResponse:
    facts = {
        "form": form,
        "text": request.POST.get("text", ""),
        "has_waited": has_waited,
        "posted": [("text", request.POST["text"])] if request.POST.get("text") else [],
    }
    return render(request, "compliance/reports/reporter_mailbox_shut.html", facts, status=status)


def _inside(
    request: HttpRequest, opened: Report, form: Form, at: datetime, *, status: int = 200, has_said: bool = False
) -> HttpResponse:
    key = vault.seal("mailbox", {"reference": opened.reference}, at=at)
    facts = {
        "report": opened,
        "is_late": has_passed(opened.tell_by, at),
        "messages_of_both": opened.messages.select_related("translation").order_by("pk"),
        "outcome": reports_queries.outcome_for(opened),
        "photos": opened.photos.count(),
        "form": form,
        "key": key,
        "once": get_random_string(22),
        "posted": [("key", key)],
        "has_said": has_said,
    }
    return render(request, "compliance/reports/reporter_mailbox.html", facts, status=_status_of(form, status))


def _status_of(form: Form, status: int) -> int:
    return 422 if form.errors and status == 200 else status


def _once(request: HttpRequest) -> str:
    return request.POST.get("once") or get_random_string(22)


def _not_taken() -> str:
    return _("We could not take your report now. What you wrote is still here. Send it again.")


def _too_often() -> str:
    return _("Too much has come from this connection. Try again in an hour, or ring us.")
