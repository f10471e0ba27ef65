from django.urls import URLPattern, path

from licensing.insurances import views
from licensing.insurances.steps import URL

urlpatterns: list[URLPattern] = [
    path("licences/<str:number>/insurance/", views.insurances, name="insurances"),
    path(f"{URL}/", views.proof, name="insurance_proof"),
    path(f"{URL}/files/<str:document>/", views.proof_file, name="insurance_proof_file"),
]
