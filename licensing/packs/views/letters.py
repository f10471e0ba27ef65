"""Every kind of letter, to be read before one is sent: a sample by version and language, and the last real ones."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from licensing.applications.queries import applications
from licensing.packs.forms import Version
from licensing.packs.letters import kinds, sample_papers
from licensing.packs.letters import papers as papers_letters
from registry import schemes, web
from registry.letters import queries as registry_queries
from registry.papers import words as papers
from registry.schemes import Scheme
from registry.web import as_pdf

SEES = "registry.preview_packs"


@web.page(SEES)
def letter_kinds(request: web.SignedIn) -> HttpResponse:
    form, scheme = _chosen(request)
    language = form.language
    rows = [(kind, kind.title_in(scheme, language)) for kind in kinds.kinds_of(scheme)]
    page = {
        "form": form,
        "rows": rows,
        "papers": papers_letters.papers_of(scheme),
        "query": request.GET.urlencode(),
        "language": language,
    }
    return render(request, "licensing/packs/letter_kinds.html", page)


@web.page(SEES)
def letter_kind(request: web.SignedIn, code: str) -> HttpResponse:
    """A sample in the version and language that are chosen, and the last that were really sent, for who may read those."""
    form, scheme = _chosen(request)
    try:
        sample = kinds.sample_of(scheme, code, language=form.language)
    except LookupError:
        raise Http404 from None
    page = {
        "form": form,
        "sample": sample,
        "kind": kinds.kind(scheme, code),
        "words": papers.fragment(sample),
        "query": request.GET.urlencode(),
        "sent": registry_queries.last_letters(sample.template, sample.facts["wording"], by=request.user),
    }
    return render(request, "licensing/packs/letter_kind.html", page)


@web.page(SEES)
def sample_paper(request: web.SignedIn, code: str) -> HttpResponse:
    """What is printed, as a PDF in the version and language that are chosen, marked as a preview."""
    form, scheme = _chosen(request)
    try:
        paper = papers_letters.paper(scheme, code)
    except LookupError:
        raise Http404 from None
    today = timezone.localdate()
    name = f"{code}-{scheme.name}-{scheme.version}-{form.language}-preview"
    return as_pdf(
        request, lambda: sample_papers.printed_sample(paper, scheme, language=form.language, on=today), name=name
    )


def _chosen(request: web.SignedIn) -> tuple[Version, Scheme]:
    """The version that is asked for, or the one in force; the language, or that of whoever reads."""
    today = timezone.localdate()
    offered = [one for name in schemes.names() for one in _of(name)]
    first = next(iter(applications.schemes_offered(today).values()), offered[0])
    form = Version(request.GET, versions=offered, first=first, spoken=request.user.language or settings.LANGUAGE_CODE)
    return form, form.version


def _of(name: str) -> list[Scheme]:
    return [schemes.get(name, version) for version in sorted(schemes.versions(name), reverse=True)]
