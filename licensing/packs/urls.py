from django.urls import URLPattern, path

from licensing.packs.views import letters as manager_letters
from licensing.packs.views import packs

PACK = "staff/packs/<slug:scheme>/<str:version>"

urlpatterns: list[URLPattern] = [
    path("staff/letter-kinds/", manager_letters.letter_kinds, name="letter_kinds"),
    path("staff/letter-kinds/papers/<slug:code>/", manager_letters.sample_paper, name="sample_paper"),
    path("staff/letter-kinds/<slug:code>/", manager_letters.letter_kind, name="letter_kind"),
    path("staff/packs/", packs.packs, name="packs"),
    path("staff/packs/compare/", packs.compare_packs, name="compare_packs"),
    path(f"{PACK}/", packs.pack, name="pack"),
    path(f"{PACK}/form/<slug:page>/", packs.preview_page, name="preview_page"),
    path(f"{PACK}/letters/<slug:letter>/", packs.preview_letter, name="preview_letter"),
    path(f"{PACK}/certificate/", packs.preview_certificate, name="preview_certificate"),
]
