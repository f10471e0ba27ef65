from django.urls import URLPattern, path

from public_lookup.reconciliation import views

#: For programs: one address whatever the language.
data_files: list[URLPattern] = [
    path("reconcile/", views.reconcile, name="reconcile"),
    path("reconcile/suggest/", views.suggest, name="reconcile_suggest"),
    path("reconcile/properties/", views.properties, name="reconcile_properties"),
]
