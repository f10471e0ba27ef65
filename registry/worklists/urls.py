from django.urls import URLPattern, path

from registry.worklists import views as saved_views

urlpatterns: list[URLPattern] = [
    path("staff/views/", saved_views.saved_views, name="saved_views"),
    path("staff/views/keep/<slug:of_list>/", saved_views.keep_view, name="keep_view"),
    path("staff/views/<str:reference>/rename/", saved_views.rename_view, name="rename_view"),
    path("staff/views/<str:reference>/remove/", saved_views.remove_view, name="remove_view"),
]
