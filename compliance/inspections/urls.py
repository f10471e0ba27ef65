from django.urls import URLPattern, path

from compliance.addresses import ONE
from compliance.inspections.views import inspector
from compliance.inspections.views import officer as staff

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/", staff.inspection, name="inspection"),
    path(f"{ONE}/findings/", inspector.findings, name="inspection_findings"),
    path(f"{ONE}/findings/<int:section>/", inspector.section, name="inspection_section"),
    path(f"{ONE}/visit/", inspector.visit, name="inspection_visit"),
]
