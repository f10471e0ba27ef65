from django.urls import URLPattern, path

from licensing.application_form import views as paper_forms

urlpatterns: list[URLPattern] = [
    path("apply/paper/<slug:scheme>/<str:version>/", paper_forms.paper_form, name="paper_form"),
]
