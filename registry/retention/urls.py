from django.urls import URLPattern

from registry import steps
from registry.retention.steps import HOLD

urlpatterns: list[URLPattern] = steps.urls((HOLD,))
