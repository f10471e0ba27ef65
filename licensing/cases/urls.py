from django.urls import URLPattern, path

from licensing.addresses import CASE
from licensing.cases.views import case_page as officer_applications
from licensing.cases.views import work_list as work_lists

urlpatterns: list[URLPattern] = [
    path("staff/applications/assign/", work_lists.assign_applications, name="assign_applications"),
    path(f"{CASE}/", officer_applications.application, name="application"),
    path(f"{CASE}/documents/<str:document>/", officer_applications.case_document, name="case_document"),
    path(f"{CASE}/documents/<str:document>/read/", officer_applications.read_document, name="read_document"),
    path(f"{CASE}/documents/<str:document>/shown/", officer_applications.shown_document, name="shown_document"),
]
