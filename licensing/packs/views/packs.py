"""Scheme packs: what each version says, and how its form, letters and certificate will look before it is in force."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from licensing.application_form import queries as application_form_queries
from licensing.application_form.forms.answers import Preview
from licensing.application_form.forms.fields import language
from licensing.applications.views.asked import words_of
from licensing.packs.forms import Comparison
from licensing.packs.letters import sample_holder, samples
from licensing.packs.queries import changes
from licensing.packs.queries import packs as packs_queries
from registry import schemes, web
from registry.papers import printed
from registry.papers import words as papers
from registry.schemes import FormPage, Scheme
from registry.web import as_pdf

SEES = "registry.preview_packs"


@web.page(SEES)
def packs(request: web.SignedIn) -> HttpResponse:
    return render(request, "licensing/packs/packs.html", {"packs": packs_queries.packs(today=timezone.localdate())})


@web.page(SEES)
def compare_packs(request: web.SignedIn) -> HttpResponse:
    """Any two versions side by side."""
    versions = [row.scheme for row in packs_queries.packs(today=timezone.localdate())]
    form = Comparison(request.GET, versions=versions)
    context = {"form": form, "compared": changes.compared(form.old, form.new)}
    return render(request, "licensing/packs/compare.html", context)


@web.page(SEES)
def pack(request: web.SignedIn, scheme: str, version: str) -> HttpResponse:
    file = packs_queries.pack_file(_wanted(scheme, version), today=timezone.localdate())
    return render(request, "licensing/packs/pack.html", {"file": file, "pack": file.row})


@web.page(SEES)
def preview_page(request: web.SignedIn, scheme: str, version: str, page: str) -> HttpResponse:
    """One page of the application form as applicants see it, with nothing to type into."""
    wanted = _wanted(scheme, version)
    asked = _page(wanted, page)
    context = {
        "pack": packs_queries.pack(wanted, today=timezone.localdate()),
        **words_of(wanted, asked),
        "form": Preview(wanted, asked, when=application_form_queries.asked_when(wanted, asked), today=wanted.version),
        "is_list": bool(asked.list_of),
        "about": application_form_queries.page_row(wanted, asked),
        **_beside(wanted, asked),
    }
    return render(request, "licensing/packs/preview_page.html", context)


@web.page(SEES)
def preview_letter(request: web.SignedIn, scheme: str, version: str, letter: str) -> HttpResponse:
    wanted = _wanted(scheme, version)
    try:
        sample = samples.sample(wanted, letter, language=language())
    except schemes.Unknown:
        raise Http404 from None
    context = {
        "pack": packs_queries.pack(wanted, today=timezone.localdate()),
        "letter": sample,
        "words": papers.fragment(sample),
    }
    return render(request, "licensing/packs/preview_letter.html", context)


@web.page(SEES)
def preview_certificate(request: web.SignedIn, scheme: str, version: str) -> HttpResponse:
    wanted = _wanted(scheme, version)
    holder, at = sample_holder.sample_holder(wanted), sample_holder.first_morning(wanted)
    name = f"{wanted.name}-{wanted.version}-preview"
    return as_pdf(request, lambda: printed.preview(wanted, holder, language=language(), at=at), name=name)


def _wanted(scheme: str, version: str) -> Scheme:
    try:
        return schemes.get(scheme, version)
    except (schemes.Unknown, ValueError):
        raise Http404 from None


def _page(scheme: Scheme, slug: str) -> FormPage:
    try:
        return scheme.form.page(slug)
    except KeyError:
        raise Http404 from None


def _beside(scheme: Scheme, page: FormPage) -> dict[str, application_form_queries.PageRow | None]:
    """The pages before and after this one in the form, whatever the answers."""
    pages = scheme.form.pages
    place = pages.index(page)
    return {
        "previous": application_form_queries.page_row(scheme, pages[place - 1]) if place else None,
        "following": application_form_queries.page_row(scheme, pages[place + 1]) if place + 1 < len(pages) else None,
    }
