from django.urls import URLPattern, path

from registry.agencies import views as agencies

urlpatterns: list[URLPattern] = [
    path("staff/agencies/", agencies.agencies, name="agencies"),
    path("staff/agencies/add/", agencies.add_agency, name="add_agency"),
    path("staff/agencies/<str:reference>/", agencies.agency, name="agency"),
    path("staff/agencies/<str:reference>/change/", agencies.change_agency, name="change_agency"),
    path("staff/agencies/<str:reference>/close/", agencies.close_agency, name="close_agency"),
]
