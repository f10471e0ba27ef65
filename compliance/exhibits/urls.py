from django.urls import URLPattern, path

from compliance.addresses import ONE
from compliance.exhibits import views as evidence

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/evidence/", evidence.register, name="inspection_evidence"),
    path(f"{ONE}/evidence/<int:number>/", evidence.item, name="evidence_item"),
    path(f"{ONE}/evidence/<int:number>/file/", evidence.file, name="exhibit_file"),
]
