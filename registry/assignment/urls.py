from django.urls import URLPattern, path

from registry.assignment import views
from registry.assignment.steps import ABSENCE, RULE
from registry.steps import starts_urls

urlpatterns: list[URLPattern] = [
    *starts_urls(
        (
            ABSENCE,
            RULE,
        )
    ),
    path("staff/absences/", views.absences, name="absences"),
    path("staff/absences/<int:key>/end/", views.end_absence, name="end_absence"),
    path("staff/assignment/", views.assignment_rules, name="assignment_rules"),
    path("staff/assignment/<str:reference>/end/", views.end_assignment_rule, name="end_assignment_rule"),
]
