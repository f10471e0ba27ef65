from django.urls import URLPattern, path

from public_lookup.private.views import pages as private

urlpatterns: list[URLPattern] = [
    path("check/private/", private.private, name="private"),
    path("check/private/register.ndjson", private.register, name="snapshot"),
    path("check/private/index.ndjson", private.register_index, name="snapshot_index"),
]
