"""The app for visits: its page, which works without a connection once it is kept, and every sentence that it says."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from compliance.models import Part, Sampled, SignedHow
from compliance.queries import field as queries
from compliance.rules.interviews import OTHER_LANGUAGE
from compliance.states import Finding
from registry import web

REPORTS = "compliance.report_inspection"
#: Stands for the key of a device in an address, until the app knows which one it is.
NO_DEVICE = "00000000-0000-0000-0000-000000000000"


@require_safe
@web.needs(REPORTS)
def app(request: web.SignedIn) -> HttpResponse:
    """Nothing on this page says whose it is: it is kept on the device in the open."""
    return render(request, "compliance/field/app.html", {"facts": facts()})


@require_safe
@web.needs(REPORTS)
def worker(request: web.SignedIn) -> HttpResponse:
    """The script that answers for the page without a connection."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    script = web.asset("vendor/field-worker.js")
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)


@require_safe
@web.needs(REPORTS)
def web_manifest(request: web.SignedIn) -> HttpResponse:
    """What a telephone asks before it keeps the app beside its other applications (W3C, Web Application Manifest)."""
    manifest = {
        "name": gettext("Visits without a connection"),
        "short_name": gettext("Visits"),
        "start_url": reverse("field"),
        "scope": reverse("field"),
        "display": "standalone",
        "lang": get_language(),
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [{"src": static("brand/icon-180.png"), "sizes": "180x180", "type": "image/png", "purpose": "any"}],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


def facts() -> dict[str, Any]:
    page = reverse("field")
    return {
        "addresses": {
            "page": page,
            "pages": _in_every_language(),
            "worker": reverse("field_worker"),
            "sign_in": f"{reverse('account_login')}?next={page}",
            "standing": reverse("device_standing", args=[NO_DEVICE]),
            **{name: reverse(f"field_{name}") for name in ("session", "take_along", "take", "settle", "finish")},
        },
        "findings": {value: str(label) for value, label in Finding.choices},
        "sampled": {value: str(label) for value, label in Sampled.choices},
        "how": {value: str(label) for value, label in SignedHow.choices},
        "parts": {value: str(label) for value, label in Part.choices},
        "languages": [*queries.languages(), (OTHER_LANGUAGE, gettext("Another language"))],
        "states": _states(),
        "words": {
            **_words_of_the_app(),
            **_words_of_taking_along(),
            **_words_of_a_visit(),
            **_words_of_people(),
            **_words_of_exhibits_and_signatures(),
            **_words_of_the_queue(),
        },
    }


def _in_every_language() -> list[str]:
    """All are kept together, so that whoever changes the language without a connection finds the page."""
    pages = []
    for code in settings.SITE_LANGUAGES:
        with translation.override(code):
            pages.append(reverse("field"))
    return pages


def _states() -> dict[str, str]:
    return {
        "waiting": gettext("Waiting"),
        "sending": gettext("Sending"),
        "sent": gettext("Sent"),
        "refused": gettext("Refused"),
        "conflict": gettext("Two versions"),
        "stuck": gettext("Cannot be sent"),
        "dropped": gettext("Let go"),
    }


def _words_of_the_app() -> dict[str, Any]:
    return {
        "app": gettext("Visits without a connection"),
        "all_visits": gettext("Visits on this device"),
        "save": gettext("Save"),
        "error": gettext("Error:"),
        "problem": gettext("There is a problem"),
        "not_kept": gettext("This could not be kept on the device: it may be full. Send what waits, then try again."),
        "connected": gettext("Connected."),
        "no_connection": gettext("No connection: everything is kept on this device."),
        "waiting": gettext("Waiting to be sent: %(number)s."),
        "open": gettext("To be looked at: %(number)s."),
        "due_by": gettext("Due by %(day)s"),
        "yes": gettext("Yes"),
        "no": gettext("No"),
        "lock": gettext("Lock"),
        "locked": gettext("Unlock the visits on this device"),
        "unlock": gettext("Unlock"),
        "wrong_passphrase": gettext("This is not the passphrase. Tries left before everything is removed: %(left)s."),
        "wiped": gettext("Removed from this device"),
        "wiped_failures": gettext(
            "The passphrase was wrong ten times in a row, so the visits and what was written were removed from this device."
        ),
        "signed_out": gettext("This device was signed out"),
        "signed_out_about": gettext("The visits and what was written were removed from this device."),
    }


def _words_of_taking_along() -> dict[str, str]:
    return {
        "take_along": gettext("Take visits along"),
        "take_along_about": gettext(
            "The visits are kept on this device, encrypted under a passphrase. You need no connection until you send what you wrote."
        ),
        "which_visits": gettext("Which visits"),
        "label": gettext("What you call this device"),
        "label_hint": gettext("So that it can be signed out when it is lost."),
        "this_device": gettext("My device"),
        "passphrase": gettext("Passphrase"),
        "passphrase_hint": gettext(
            "At least 12 characters. Nobody can open the device without it, not even we: what you have not sent is lost with it."
        ),
        "passphrase_again": gettext("The passphrase once more"),
        "no_visit_chosen": gettext("Choose at least one visit."),
        "no_label": gettext("Say what you call this device, in 60 characters or fewer."),
        "too_short": gettext("The passphrase must have 12 characters or more."),
        "differs": gettext("The two passphrases differ."),
        "taking": gettext("Taking the visits along…"),
        "sign_in": gettext("Sign in"),
        "sign_in_first": gettext("Sign in to take visits along."),
        "nothing_here": gettext("There is nothing on this device yet, and no connection to fetch it."),
        "try_again": gettext("Try again"),
        "no_visits": gettext("No visit waits to be carried out by you."),
        "did_not_work": gettext("The visits could not be fetched."),
    }


def _words_of_a_visit() -> dict[str, str]:
    return {
        "the_visit": gettext("The visit"),
        "returned": gettext("Returned for correction"),
        "asked": gettext("What was asked"),
        "known": gettext("What was known when it was commissioned"),
        "reference": gettext("Reference"),
        "kind": gettext("Kind"),
        "due": gettext("Due"),
        "scheme": gettext("Scheme"),
        "licence": gettext("Licence"),
        "application": gettext("Application"),
        "brief": gettext("Brief"),
        "found_of": gettext("%(found)s of %(all)s standards"),
        "visited_on": gettext("Day of the visit"),
        "summary": gettext("Summary of the visit"),
        "summary_hint": gettext(
            "Where you went, whom you spoke to, how many workers you interviewed, and what it comes to."
        ),
        "business_comments": gettext("What the business says to each issue (optional)"),
        "nothing_yet": gettext("Nothing yet"),
        "finding": gettext("Finding"),
        "evidence": gettext("Evidence"),
        "evidence_hint": gettext(
            "What you saw or were told, where, when and by whom. Needed when the standard is not met."
        ),
        "no_evidence": gettext("Write the evidence that the standard is not met."),
        "critical": gettext("This is a critical standard."),
        "costs": gettext("Not met, it costs %(points)s points."),
    }


def _words_of_people() -> dict[str, str]:
    return {
        "people": gettext("People met on the visit"),
        "interviewed": gettext("Interviews: %(number)s"),
        "lot": gettext("Whom the lot fell on"),
        "drawn": gettext("Drawing %(number)s, workers there: %(workers)s. The lot fell on %(places)s."),
        "workers_present": gettext("How many workers are there"),
        "workers_hint": gettext("As many as stand in the list of workers of today. Number the list from 1."),
        "workers_wrong": gettext("Enter how many workers are there: a number from 1 to 5,000."),
        "draw": gettext("Draw whom to interview"),
        "draw_again": gettext("Draw once more"),
        "draw_again_because": gettext("Why the lot is drawn once more"),
        "draw_no_reason": gettext("Say why the lot is drawn once more."),
        "interviews": gettext("Interviews"),
        "interview": gettext("Interview a worker"),
        "interview_of": gettext("Interview %(reference)s"),
        "nobody_named": gettext("Nobody is named: the worker gets a reference that leads to no list."),
        "language": gettext("Language of the interview"),
        "interpreter": gettext("Interpreter"),
        "interpreted": gettext("An interpreter was there"),
        "sampled": gettext("How it came that you spoke to this worker"),
        "not_said_how": gettext("Choose how it came that you spoke to this worker."),
        "drawn_number": gettext("Number in the list of workers"),
        "no_names": gettext("Only of a worker who was drawn by lot. Do not write names anywhere on this page."),
        "not_drawn": gettext("Enter a number on which the lot fell."),
        "not_by_lot": gettext("Leave the number empty: this worker was not drawn by lot."),
        "tell_first": gettext("Tell the worker first"),
        "not_explained": gettext("First tell the worker all of this, then ask whether they want to talk."),
        "consents": gettext("Does the worker want to talk?"),
        "no_consent_said": gettext("Say whether the worker wants to talk."),
        "no_consent": gettext("This worker did not want to talk: nothing may be written down of it."),
        "in_own_words": gettext("In the worker’s words"),
        "signs_said": gettext("Signs of forced labour in what this worker said"),
        "notes": gettext("Your notes (optional)"),
        "notes_hint": gettext("What you saw, and what was said besides. No names."),
        "indicators": gettext("Signs of forced labour"),
        "indicators_about": gettext(
            "The eleven signs of the International Labour Organization. One may be enough; often there are several."
        ),
        "seen_question": gettext("Did you see this sign?"),
        "seen": gettext("Yes, I saw it"),
        "where_it_shows": gettext("Where it shows"),
        "where_missing": gettext("Write where it shows."),
    }


def _words_of_exhibits_and_signatures() -> dict[str, str]:
    return {
        "photographs": gettext("Photographs and documents"),
        "on_this_visit": gettext("On this visit"),
        "none_yet": gettext("None yet."),
        "take_photos": gettext("Take photographs, or choose files"),
        "take_hint": gettext(
            "JPEG, PNG or PDF, each smaller than 10 MB. Each gets its SHA-256 on this device, at once."
        ),
        "what_it_shows": gettext("What it is, and what it shows"),
        "what_it_shows_hint": gettext("Enough that somebody who was not there knows it again."),
        "bears_out": gettext("Which standards it bears out"),
        "add": gettext("Add"),
        "no_file": gettext("Take a photograph, or choose a file."),
        "too_big": gettext("Each file must be smaller than 10 MB."),
        "no_description": gettext("Describe the exhibit."),
        "signatures": gettext("Signatures"),
        "sign": gettext("Somebody signs"),
        "signer": gettext("Who signs"),
        "signer_role": gettext("What they are to the business"),
        "statement": gettext("What is signed"),
        "statement_usual": gettext(
            "I was read what the inspector wrote down of this visit, and what the business says to it."
        ),
        "how": gettext("How"),
        "sign_here": gettext("Sign here with a finger, a pen or a mouse. Whoever cannot, types the name above."),
        "clear": gettext("Clear the drawing"),
        "refused_because": gettext("Why they did not want to sign"),
        "no_signer": gettext("Enter who signs."),
        "no_role": gettext("Enter what they are to the business."),
        "no_statement": gettext("Say what is signed."),
        "no_how": gettext("Choose how they signed, or that they did not want to."),
        "no_drawing": gettext("Sign in the box, or type the name instead."),
        "no_refusal": gettext("Write why they did not want to sign."),
    }


def _words_of_the_queue() -> dict[str, Any]:
    return {
        "queue": gettext("What waits to be sent"),
        "counts": gettext("Waiting: %(waiting)s. To be looked at: %(open)s. Sent: %(sent)s."),
        "stays": gettext("I am still on the visit: keep the visits on this device afterwards"),
        "send_now": gettext("Send now"),
        "sending": gettext("Sending…"),
        "in_order": gettext("In the order in which it was written"),
        "nothing_written": gettext("Nothing has been written on this device."),
        "on_device": gettext("On this device"),
        "at_office": gettext("What stands in the office"),
        "keep_mine": gettext("Keep what is on this device"),
        "keep_theirs": gettext("Keep what stands in the office"),
        "refused_about": gettext(
            "It was received and is kept in the office as refused. Put it right on its page, or let it go."
        ),
        "drop": gettext("Let it go"),
        "all_sent": gettext("Everything was sent"),
        "all_sent_about": gettext(
            "Nothing is left on this device. Report the inspection when you have gone through it."
        ),
        "ended": {
            "done": gettext("Everything that waited was sent."),
            "sign_in": gettext(
                "You have been signed out. Sign in, come back to this page and send again: nothing is lost."
            ),
            "somebody_else": gettext("Somebody else has signed in. Whoever took the visits along must send them."),
            "no_link": gettext("The connection was lost. What was sent is sent; the rest waits. Send again later."),
            "stuck": gettext("Something cannot be sent. The reason stands beside it."),
        },
    }
