from django.urls import URLPattern, path

from compliance.addresses import ONE
from compliance.plans import views as plans

urlpatterns: list[URLPattern] = [
    path("staff/visits/", plans.calendar, name="visit_calendar"),
    path("staff/visits/list.csv", plans.calendar_csv, name="visit_calendar_csv"),
    path("staff/visits/own.csv", plans.own_csv, name="own_visits_csv"),
    path("staff/visits/own.ics", plans.own_ics, name="own_visits_ics"),
    path(f"{ONE}/plan/", plans.plan, name="plan_visit"),
    path(f"{ONE}/briefing.pdf", plans.briefing, name="visit_briefing"),
]
