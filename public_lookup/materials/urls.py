from django.urls import URLPattern, path

from public_lookup.materials import views

urlpatterns: list[URLPattern] = [
    path("materials/", views.materials, name="materials"),
    path("materials/<slug:kind>.pdf", views.material_pdf, name="material_pdf"),
]
