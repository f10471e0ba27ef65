from django.urls import URLPattern, path

from registry.premises import views as premises_views

urlpatterns: list[URLPattern] = [
    path("staff/premises/", premises_views.premises_list, name="premises"),
    path("staff/premises/<str:reference>/", premises_views.one_premises, name="one_premises"),
]
