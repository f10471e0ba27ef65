from django.urls import URLPattern, path

from public_lookup.help import views

urlpatterns: list[URLPattern] = [
    path("help/", views.topics, name="help"),
    path("help/near/", views.near, name="help_near"),
    path("help/pay/calculator/", views.calculator, name="help_calculator"),
    path("help/letter/<slug:code>/", views.letter, name="help_letter"),
    path("help/<slug:topic>/", views.topic, name="help_topic"),
    path("help/<slug:topic>/<slug:nation>/", views.topic, name="help_topic_in"),
]
