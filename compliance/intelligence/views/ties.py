"""What hangs together: said on the page of a piece of intelligence, looked at as a chart and a table."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from compliance.intelligence.queries import ties as queries
from registry import web


@web.page("compliance.read_intelligence")
def entity(request: web.SignedIn, reference: str) -> HttpResponse:
    found = queries.entity_of(reference, by=request.user)
    if found is None:
        raise Http404
    file = queries.entity_file(found, by=request.user)
    web.shows(request, *(tie.intelligence for row in file.rows for tie in row.rests_on), way="page")
    return render(request, "compliance/intelligence/entity.html", {"file": file})
