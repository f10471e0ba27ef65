from django.urls import URLPattern, path

from registry import steps, worklists
from registry.steps import starts_urls
from registry.yearly_statements import views
from registry.yearly_statements.lists import STATEMENTS
from registry.yearly_statements.steps import ANNOUNCED, STATEMENT

urlpatterns: list[URLPattern] = [
    *starts_urls((ANNOUNCED,)),
    *worklists.urls((STATEMENTS,)),
    *steps.urls((STATEMENT,)),
    path("staff/yearly-statements/<str:reference>/", views.yearly_statement, name="yearly_statement"),
]
