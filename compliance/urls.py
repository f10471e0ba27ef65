from django.urls import URLPattern, path

from compliance.views import inspector, intake, quality, staff

ONE = "staff/inspections/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("report/", intake.report, name="report"),
    path("staff/inspections/", staff.inspections, name="inspections"),
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
