from django.urls import URLPattern, path

from registry.letters import views as post

urlpatterns: list[URLPattern] = [
    path("staff/post/", post.letters_to_post, name="letters_to_post"),
    path("staff/post/print/", post.letters_to_print, name="letters_to_print"),
]
