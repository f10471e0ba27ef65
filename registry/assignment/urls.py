from django.urls import URLPattern, path

from registry.assignment import views

urlpatterns: list[URLPattern] = [
    path("staff/absences/", views.absences, name="absences"),
    path("staff/absences/record/", views.record_absence, name="record_absence"),
    path("staff/absences/<int:key>/end/", views.end_absence, name="end_absence"),
    path("staff/assignment/", views.assignment_rules, name="assignment_rules"),
    path("staff/assignment/make/", views.make_assignment_rule, name="make_assignment_rule"),
    path("staff/assignment/<str:reference>/end/", views.end_assignment_rule, name="end_assignment_rule"),
]
