from django.urls import URLPattern, path

from licensing.watchlist_matches import views

urlpatterns: list[URLPattern] = [
    path("staff/watchlist-matches/<str:reference>/", views.watchlist_match, name="watchlist_match")
]
