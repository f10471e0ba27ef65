from django.urls import URLPattern, path

from public_lookup.certificates import views as worker

urlpatterns: list[URLPattern] = [
    path("check/poster/", worker.poster, name="poster"),
    path("check/poster/poster.pdf", worker.poster_pdf, name="poster_pdf"),
    path("check/<str:number>/poster/poster.pdf", worker.poster_of_pdf, name="poster_of_pdf"),
    path("check/<str:number>/poster/", worker.poster_of, name="poster_of"),
    path("c/<str:code>/", worker.code, name="code"),
    path("verify/", worker.verify, name="verify"),
]
