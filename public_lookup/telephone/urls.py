from django.urls import URLPattern, path

from public_lookup.telephone import views

#: What the telephone provider posts to: the same in every language.
webhooks: list[URLPattern] = [
    path("telephone/texts/", views.text, name="telephone_text"),
    path("telephone/calls/", views.call, name="telephone_call"),
    path("telephone/calls/<str:state>/", views.call_step, name="telephone_call_step"),
]
