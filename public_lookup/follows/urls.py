from django.urls import URLPattern, path

from public_lookup.follows.views import mail as follow
from public_lookup.follows.views import texts, webhooks

urlpatterns: list[URLPattern] = [
    path("follow/", follow.ask, name="follow_ask"),
    path("follow/webhooks/", webhooks.webhooks, name="webhooks"),
    path("follow/webhooks/<str:reference>/", webhooks.webhook, name="webhook"),
    path("follow/webhooks/<str:reference>/test/", webhooks.test, name="test_webhook"),
    path("follow/webhooks/<str:reference>/pause/", webhooks.pause, name="pause_webhook"),
    path("follow/webhooks/<str:reference>/resume/", webhooks.resume, name="resume_webhook"),
    path("follow/webhooks/<str:reference>/stop/", webhooks.stop, name="stop_webhook"),
    path("follow/webhooks/<str:reference>/unfollow/<int:of>/", webhooks.unfollow, name="unfollow"),
    path("follow/webhooks/<str:reference>/resend/<str:delivery>/", webhooks.resend, name="resend_delivery"),
    path("follow/texts/", texts.texts, name="follow_texts"),
    path("follow/<str:key>/", follow.follow, name="follow"),
    path("follow/<str:key>/stop/", follow.stop, name="stop"),
]
