"""The letters that an organisation was sent: to read here, and to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from registry import web
from registry.letters.letters import editions
from registry.letters.models import FormerLetter, Letter
from registry.organisations.models import Organisation
from registry.papers import printed, words
from registry.web import as_pdf as as_pdf

#: Nobody corrects a letter ten thousand times.
LONGEST_EDITION = 5


@web.page("licensing.apply")
def letter(request: web.SignedIn, number: str) -> HttpResponse:
    own = _own(request, number)
    shown = edition_asked(request, own)
    facts = {"letter": own, "shown": shown, "words": words.fragment(shown), "editions": editions_of(own)}
    return render(request, "licensing/letter_pages/holder_letter.html", facts)


@web.page("licensing.apply")
def letter_about(request: web.SignedIn, reference: str) -> HttpResponse:
    """The last letter about something that has no page of its own for the business."""
    own = Letter.objects.filter(organisation__in=Organisation.objects.acted_for_by(request.user), reference=reference)
    last = own.order_by("-pk").first()
    if last is None:
        raise Http404
    return redirect("letter", last.number)


@web.page("licensing.apply")
def letter_pdf(request: web.SignedIn, number: str) -> HttpResponse:
    shown = edition_asked(request, _own(request, number))
    return as_pdf(request, lambda: printed.printed(shown), name=file_name(shown))


def edition_asked(request: HttpRequest, letter: Letter) -> Letter | FormerLetter:
    """The letter, or that which it replaced: `?edition=1`. 404 where there is no such edition."""
    asked = request.GET.get("edition", "")
    try:
        return editions.edition_of(letter, int(asked)) if asked.isdecimal() and len(asked) < LONGEST_EDITION else letter
    except FormerLetter.DoesNotExist:
        raise Http404 from None


def editions_of(letter: Letter) -> list[FormerLetter]:
    """Those that it replaced, the last of them first."""
    return list(letter.former.order_by("-edition")) if letter.edition > 1 else []


def file_name(letter: Letter | FormerLetter) -> str:
    """Its number; of a corrected letter, with the edition."""
    return letter.number if letter.edition == 1 else f"{letter.number}-{letter.edition}"


def _own(request: web.SignedIn, number: str) -> Letter:
    own = Letter.objects.filter(organisation__in=Organisation.objects.acted_for_by(request.user))
    return get_object_or_404(own.select_related("organisation"), number=number)
