from django.urls import URLPattern, path

from compliance.hand_overs.steps import URL
from licensing.dossiers import views

urlpatterns: list[URLPattern] = [
    path(f"{URL}/", views.hand_over, name="hand_over"),
    path(f"{URL}/open/", views.open_dossier, name="open_dossier"),
    path(f"{URL}/dossier.pdf", views.dossier_pdf, name="dossier_pdf"),
]
