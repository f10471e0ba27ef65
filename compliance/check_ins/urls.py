from django.urls import URLPattern, path

from compliance.addresses import ONE
from compliance.check_ins import views

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/check-in/", views.check_in, name="check_in"),
    path(f"{ONE}/check-out/", views.check_out, name="check_out"),
    path(f"{ONE}/stay-longer/", views.stay_longer, name="stay_longer"),
]
