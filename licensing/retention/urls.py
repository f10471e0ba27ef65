from django.urls import URLPattern, path

from licensing.retention import views as person

urlpatterns: list[URLPattern] = [
    path("account/your-data/", person.your_data, name="your_data"),
    path("account/your-data/download/", person.your_data_file, name="your_data_file"),
    path("staff/organisations/<str:reference>/people/<str:person>/", person.data_of_person, name="data_of_person"),
]
