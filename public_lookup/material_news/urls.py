from django.urls import URLPattern, path

from public_lookup.material_news import views

urlpatterns: list[URLPattern] = [
    path("materials/news/", views.material_news, name="material_news"),
    path("materials/news/by/<str:key>/", views.material_news_reader, name="material_news_reader"),
    path("materials/news/by/<str:key>/stop/", views.stop_material_news, name="stop_material_news"),
]
