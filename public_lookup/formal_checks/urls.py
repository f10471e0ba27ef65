from django.urls import URLPattern, path

from public_lookup.formal_checks import views as checks

urlpatterns: list[URLPattern] = [
    path("checks/", checks.checks, name="checks"),
    path("checks/checks.csv", checks.checks_csv, name="checks_csv"),
    path("checks/<str:number>/", checks.check, name="formal_check"),
    path("checks/<str:number>/keep/", checks.keep, name="keep_proof"),
]
