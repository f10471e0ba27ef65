from django.urls import URLPattern, path

from licensing.figures import views as figures

urlpatterns: list[URLPattern] = [
    path("staff/figures/", figures.figures, name="figures"),
    path("staff/figures/pairs/", figures.approval_pairs, name="approval_pairs"),
    path("staff/figures/pairs/list.csv", figures.approval_pairs_csv, name="approval_pairs_csv"),
    path("staff/figures/again/", figures.figures_again, name="figures_again"),
    path("staff/figures/<slug:code>.csv", figures.figure_csv, name="figure_csv"),
]
