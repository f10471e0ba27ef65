from django.urls import path

from config.urls import handler403, handler404, urlpatterns
from tests.plant.leaks import views

__all__ = ["handler403", "handler404", "urlpatterns"]

urlpatterns = [
    path("staff/organisations/<str:reference>/no-door/", views.behind_no_door, name="behind_no_door"),
    path("staff/organisations/<str:reference>/anybody/", views.anybodys_file, name="anybodys_file"),
    path("account/everybody/", views.list_of_all, name="list_of_all"),
    path("staff/organisations/<str:reference>/late/", views.refuses_too_late, name="refuses_too_late"),
    path("staff/organisations/<str:reference>/quiet/", views.quiet_change, name="quiet_change"),
    *urlpatterns,
]
