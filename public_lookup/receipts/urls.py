from django.urls import URLPattern, path

from public_lookup.receipts import views as receipt_views

urlpatterns: list[URLPattern] = [
    path("verify/file/", receipt_views.verify_document, name="verify_document"),
    path("verify/<str:number>/", receipt_views.verify_receipt, name="verify_receipt"),
    path("check/<str:number>/proof/", receipt_views.take, name="take_receipt"),
    path("proofs/<str:number>/<str:key>/", receipt_views.receipt, name="receipt"),
    path("proofs/<str:number>/<str:key>/proof.pdf", receipt_views.receipt_pdf, name="receipt_pdf"),
    path("proofs/<str:number>/<str:key>/proof.json", receipt_views.receipt_json, name="receipt_json"),
]
