from django.urls import URLPattern, path

from compliance.reports.views import intake, triage
from compliance.reports.views import reports as analyst

REPORT = "staff/reports/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("report/", intake.report, name="report"),
    path("report/mailbox/", intake.mailbox, name="mailbox"),
    path("staff/reports/", analyst.reports, name="staff_reports"),
    path("staff/reports/list.csv", analyst.reports_csv, name="staff_reports_csv"),
    path("staff/reports/clocks/", triage.clocks, name="report_clocks"),
    path("staff/reports/new/", triage.take, name="take_report"),
    path(f"{REPORT}/", analyst.report, name="staff_report"),
    path(f"{REPORT}/begin/", analyst.begin, name="begin_report"),
    path(f"{REPORT}/decide/", triage.decide, name="decide_report"),
    path(f"{REPORT}/translate/", triage.translate, name="translate_report"),
    path(f"{REPORT}/messages/<int:key>/translate/", triage.translate_message, name="translate_message"),
    path(f"{REPORT}/tag/", triage.tag, name="tag_report"),
    path(f"{REPORT}/identify/", triage.identify, name="identify_report"),
    path(f"{REPORT}/link/", triage.link, name="link_report"),
    path(f"{REPORT}/ask/", analyst.ask, name="ask_reporter"),
    path(f"{REPORT}/close/", analyst.close, name="close_report"),
    path(f"{REPORT}/reopen/", analyst.reopen, name="reopen_report"),
    path(f"{REPORT}/reach/", analyst.reach, name="reach_reporter"),
    path(f"{REPORT}/photos/<int:number>/", analyst.photo, name="report_photo"),
]
