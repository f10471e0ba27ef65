"""How the service does, for everyone: the newest figures, each table as CSV, and the cases without names."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from public_lookup import web
from registry.editions.queries import files
from registry.service_figures.queries import shown

CSV = "text/csv; charset=utf-8"


@web.everybody
def service(request: HttpRequest) -> HttpResponse:
    """All service figures as they were last counted, and what was changed in how we work."""
    page = shown.service_page()
    facts = {"page": page, "is_old": page is not None and page.is_old_on(timezone.localdate())}
    return web.kept_nowhere(render(request, "public_lookup/service_figures/service.html", facts))


@web.data
def service_csv(request: HttpRequest, table: str) -> HttpResponse:
    """One table. Raises Http404."""
    found = shown.service_table(table)
    if found is None:
        raise Http404
    return _file(files.csv_of(found), table)


@web.data
def service_cases(request: HttpRequest) -> HttpResponse:
    """The file of cases. Raises Http404 until there is one."""
    text = shown.cases_csv()
    if text is None:
        raise Http404
    return _file(text, "service-cases")


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return web.open_to_sites(web.kept_nowhere(response))
