from django.urls import URLPattern, path

from compliance.views import analyst, holder, inspector, intake, public, quality, staff, tasking

ONE = "staff/inspections/<str:reference>"
REPORT = "staff/reports/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("report/", intake.report, name="report"),
    path("report/mailbox/", intake.mailbox, name="mailbox"),
    path("staff/reports/", analyst.reports, name="staff_reports"),
    path(f"{REPORT}/", analyst.report, name="staff_report"),
    path(f"{REPORT}/begin/", analyst.begin, name="begin_report"),
    path(f"{REPORT}/ask/", analyst.ask, name="ask_reporter"),
    path(f"{REPORT}/close/", analyst.close, name="close_report"),
    path(f"{REPORT}/reopen/", analyst.reopen, name="reopen_report"),
    path(f"{REPORT}/reach/", analyst.reach, name="reach_reporter"),
    path(f"{REPORT}/photos/<int:number>/", analyst.photo, name="report_photo"),
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
    path("licences/<str:number>/signals/", holder.licence_signals, name="licence_signals"),
    path("how-we-choose/", public.how_we_choose, name="how_we_choose"),
    path("staff/targeting/", tasking.scores, name="scores"),
    path("staff/targeting/licences/<str:number>/", tasking.score, name="score"),
]
