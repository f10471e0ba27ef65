from django.urls import URLPattern, path

from licensing.phoenix_matches.views import officer as officer_look_alikes

LOOK_ALIKE = "staff/look-alikes/<str:reference>"

urlpatterns: list[URLPattern] = [
    path(f"{LOOK_ALIKE}/", officer_look_alikes.look_alike, name="look_alike"),
    *(
        path(f"{LOOK_ALIKE}/{verdict}/", officer_look_alikes.judge, {"verdict": verdict}, name=f"{verdict}_look_alike")
        for verdict in ("confirm", "dismiss")
    ),
]
