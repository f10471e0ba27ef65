from django.urls import URLPattern, path

from registry import steps, worklists
from registry.yearly_statements import views
from registry.yearly_statements.lists import STATEMENTS
from registry.yearly_statements.steps import STATEMENT

urlpatterns: list[URLPattern] = [
    *worklists.urls((STATEMENTS,)),
    path("staff/yearly-statements/announce/", views.announce, name="announce_yearly_statement"),
    *steps.urls((STATEMENT,)),
    path("staff/yearly-statements/<str:reference>/", views.yearly_statement, name="yearly_statement"),
]
