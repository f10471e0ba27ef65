from django.urls import URLPattern, path

from registry import steps, worklists
from registry.complaints import views
from registry.complaints.lists import COMPLAINTS
from registry.complaints.steps import COMPLAINT

urlpatterns: list[URLPattern] = [
    path("complain/", views.complain, name="complain"),
    path("complain/<str:key>/", views.complaint_answer, name="complaint_answer"),
    *worklists.urls((COMPLAINTS,)),
    path("staff/complaints/record/", views.record_complaint, name="record_complaint"),
    *steps.urls((COMPLAINT,)),
    path("staff/complaints/<str:reference>/", views.complaint, name="complaint"),
]
