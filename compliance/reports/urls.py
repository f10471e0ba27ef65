from django.urls import URLPattern, path

from compliance.reports.views import intake, telephone, triage
from compliance.reports.views import reports as analyst

REPORT = "staff/reports/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("report/", intake.report, name="report"),
    path("notes/draft/", intake.draft, name="draft_report"),
    path("report/mailbox/", intake.mailbox, name="mailbox"),
    path("staff/signs/", triage.signs, name="signs"),
    path("staff/reports/clocks/", triage.clocks, name="report_clocks"),
    path("staff/reports/new/", triage.take, name="take_report"),
    path(f"{REPORT}/", analyst.report, name="staff_report"),
    path(f"{REPORT}/messages/<int:key>/translate/", triage.translate_message, name="translate_message"),
    path(f"{REPORT}/link/", triage.link, name="link_report"),
    path(f"{REPORT}/reach/", analyst.reach, name="reach_reporter"),
    path(f"{REPORT}/photos/<int:number>/", analyst.photo, name="report_photo"),
    path(f"{REPORT}/recording/", analyst.recording, name="report_recording"),
]

#: What the telephone provider posts to: the same in every language.
webhooks: list[URLPattern] = [
    path("telephone/report/<str:state>/", telephone.report_step, name="report_by_telephone"),
]
