from django.urls import URLPattern, path

from compliance.addresses import ONE
from compliance.interviews import views as interviews

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/interviews/", interviews.met, name="inspection_interviews"),
    path(f"{ONE}/interviews/add/", interviews.add, name="add_interview"),
    path(f"{ONE}/interviews/<uuid:key>/", interviews.change, name="change_interview"),
]
