from django.urls import URLPattern, path

from registry import steps, worklists
from registry.material_orders import views
from registry.material_orders.lists import MATERIAL_ORDERS
from registry.material_orders.steps import MATERIAL_ORDER

urlpatterns: list[URLPattern] = [
    path("materials/order/", views.order_materials, name="order_materials"),
    *worklists.urls((MATERIAL_ORDERS,)),
    *steps.urls((MATERIAL_ORDER,)),
    path("staff/material-orders/<str:reference>/", views.material_order, name="material_order"),
]
