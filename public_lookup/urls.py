from django.urls import URLPattern, path

from public_lookup.views import verify, worker

urlpatterns: list[URLPattern] = [
    path("check/", worker.check, name="check"),
    path("check/<str:number>/", worker.entry, name="entry"),
    path("c/<str:code>/", verify.code, name="code"),
    path("verify/", verify.verify, name="verify"),
]
