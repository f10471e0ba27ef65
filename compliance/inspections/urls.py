from django.urls import URLPattern, path

from compliance.addresses import ONE
from compliance.inspections.views import inspector
from compliance.inspections.views import officer as staff
from compliance.inspections.views import second_person as quality

urlpatterns: list[URLPattern] = [
    path("staff/inspections/", staff.inspections, name="inspections"),
    path("staff/inspections/list.csv", staff.inspections_csv, name="inspections_csv"),
    path(f"{ONE}/", staff.inspection, name="inspection"),
    path(f"{ONE}/call-off/", staff.call_off, name="call_off_inspection"),
    path(f"{ONE}/reassign/", staff.reassign, name="reassign_inspection"),
    path(f"{ONE}/findings/", inspector.findings, name="inspection_findings"),
    path(f"{ONE}/findings/<int:section>/", inspector.section, name="inspection_section"),
    path(f"{ONE}/visit/", inspector.visit, name="inspection_visit"),
    path(f"{ONE}/report/", inspector.report, name="report_inspection"),
    path(f"{ONE}/confirm/", quality.confirm, name="confirm_inspection"),
    path(f"{ONE}/return-for-correction/", quality.return_for_correction, name="return_inspection"),
]
