from django.urls import URLPattern, path

from licensing.figures import views as figures

urlpatterns: list[URLPattern] = [
    path("staff/figures/", figures.figures, name="figures"),
    path("staff/figures/again/", figures.figures_again, name="figures_again"),
    path("staff/figures/<slug:code>.csv", figures.figure_csv, name="figure_csv"),
]
