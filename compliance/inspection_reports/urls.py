from django.urls import URLPattern, path

from compliance.addresses import ONE
from compliance.inspection_reports import views as visit_reports

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/versions/", visit_reports.versions, name="inspection_versions"),
    path(f"{ONE}/report.pdf", visit_reports.report_pdf, name="inspection_report_pdf"),
    path(f"{ONE}/for-business/", visit_reports.for_business, name="report_for_business"),
    path(f"{ONE}/for-business.pdf", visit_reports.for_business_pdf, name="report_for_business_pdf"),
    path("inspections/", visit_reports.own_inspections, name="own_inspections"),
    path("inspections/<str:reference>/report/", visit_reports.own_report, name="own_inspection_report"),
    path("inspections/<str:reference>/report.pdf", visit_reports.own_report_pdf, name="own_inspection_report_pdf"),
]
