from django.urls import URLPattern, path

from registry import steps
from registry.tasks import views
from registry.tasks.lists import TASKS
from registry.tasks.steps import TASK
from registry.worklists.lists import urls as list_urls

urlpatterns: list[URLPattern] = [
    *list_urls((TASKS,)),
    path("staff/tasks/assign/", views.assign_tasks, name="assign_tasks"),
    path("staff/tasks/<int:number>/", views.task, name="task"),
    *steps.urls((TASK,)),
]
