"""Letters as staff read them, correct them and send them again."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.letters import actions as letter_actions
from licensing.letters import forms
from licensing.letters import queries as corrections
from licensing.letters import rules as letter_rules
from licensing.letters.steps import CORRECTION
from licensing.letters.views.holder import edition_asked, editions_of, file_name
from registry import web
from registry.letters import queries as letter_queries
from registry.letters.models import Letter
from registry.outbox import actions, rules
from registry.outbox.forms import SendLetterAgain
from registry.papers import printed, words
from registry.web import as_pdf


@web.page("licensing.view_applications")
def letter(request: web.SignedIn, number: str) -> HttpResponse:
    """The letter as it was sent, to whom, and what became of it; or, as it was before it was corrected."""
    one = _visible(request, number)
    shown, today = edition_asked(request, one), timezone.localdate()
    given = corrections.given_of(one, today=today)
    facts = {
        "letter": one,
        "shown": shown,
        "words": words.fragment(shown),
        "editions": editions_of(one),
        "blockers": list(rules.send_again_blockers(one.outbox, at=timezone.now())),
        "correct_blockers": list(letter_rules.correct_blockers(one, given=given)),
        "anew_blockers": list(letter_rules.write_anew_blockers(differ=len(corrections.differing(one)), given=given)),
        "corrections": [
            (row, CORRECTION.buttons(row, by=request.user, on=today))
            for row in one.corrections.select_related("proposed_by", "ended_by").order_by("-pk")
        ],
    }
    return render(request, "licensing/letter_pages/officer_letter.html", facts)


@web.page("licensing.view_applications")
def letter_pdf(request: web.SignedIn, number: str) -> HttpResponse:
    shown = edition_asked(request, _visible(request, number))
    return as_pdf(request, lambda: printed.printed(shown), name=file_name(shown))


@web.page_with_form("registry.correct_letter")
def correct_letter(request: web.SignedIn, number: str) -> HttpResponse:
    """A slip: the letter goes out again under its number, and what was sent stays to be read."""
    one = _visible(request, number)
    form = forms.Correct(web.typed(request))
    tried = web.attempt(request, form, letter_actions.correct, one)
    if tried.is_done:
        return redirect("staff_letter", number)
    return web.show_form(
        request,
        form,
        title=_("Correct a slip in letter %(number)s") % {"number": number},
        about=_(
            "Only spelling can be corrected. Another person countersigns it. Then the letter goes to the same addresses under its "
            "number, and what was sent stays, marked as replaced."
        ),
        press=_("Propose the correction"),
        back=reverse("staff_letter", args=[number]),
        back_text=one.subject,
        blockers=letter_rules.correct_blockers(one, given=corrections.given_of(one, today=timezone.localdate())),
    )


@web.page_with_form("registry.correct_letter")
def write_letter_anew(request: web.SignedIn, number: str) -> HttpResponse:
    """A fact of the file that was wrong, or is otherwise now: the letter goes out again under its number."""
    one = _visible(request, number)
    differ = corrections.differing(one)
    form = forms.WriteAnew(web.typed(request), differing=differ)
    tried = web.attempt(request, form, letter_actions.write_anew, one)
    if tried.is_done:
        return redirect("staff_letter", number)
    given = corrections.given_of(one, today=timezone.localdate())
    return web.show_form(
        request,
        form,
        title=_("Regenerate letter %(number)s") % {"number": number},
        about=_(
            "Correct the record first. Another person countersigns it. Then the letter goes to the same addresses under its "
            "number, and what was sent stays, marked as replaced. No deadline changes."
        ),
        press=_("Propose the correction"),
        back=reverse("staff_letter", args=[number]),
        back_text=one.subject,
        blockers=letter_rules.write_anew_blockers(differ=len(differ), given=given),
    )


@web.page_with_form("registry.send_again")
def send_letter_again(request: web.SignedIn, number: str) -> HttpResponse:
    one = _visible(request, number)
    refused = next(iter(one.refused), one.address)
    form = SendLetterAgain(web.typed(request), initial={"address": refused})
    tried = web.attempt(request, form, actions.send_letter_again, one)
    if tried.is_done:
        return redirect("staff_letter", number)
    return web.show_form(
        request,
        form,
        title=_("Send the letter again"),
        press=_("Send it again"),
        about=_(
            "It is sent as it was written, with its own date. The address in the file of the organisation stays as it is: its own people change that."
        ),
        back=reverse("staff_letter", args=[number]),
        caption=f"{one.organisation}, {one.number}",
        blockers=rules.send_again_blockers(one.outbox, at=timezone.now()),
    )


def _visible(request: web.SignedIn, number: str) -> Letter:
    """Not those of an organisation with which this officer has a conflict of interest."""
    return get_object_or_404(letter_queries.letters_open_to(request.user), number=number)
