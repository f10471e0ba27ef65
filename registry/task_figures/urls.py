from django.urls import URLPattern, path

from registry.task_figures import views

urlpatterns: list[URLPattern] = [
    path("staff/task-figures/", views.task_figures, name="task_figures"),
    path("staff/task-figures/<slug:by>/", views.task_figures, name="task_figures_by"),
    path("staff/task-figures/<slug:by>/list.csv", views.task_figures_csv, name="task_figures_csv"),
]
