from django.urls import URLPattern, path

from licensing.retention import views as person

urlpatterns: list[URLPattern] = [
    path("account/your-data/", person.your_data, name="your_data"),
    path("account/your-data/download/", person.your_data_file, name="your_data_file"),
    path("staff/personal-data/", person.personal_data, name="personal_data"),
    path("staff/personal-data/csv/", person.personal_data_csv, name="personal_data_csv"),
    path("staff/erasures/", person.erasures, name="erasures"),
    path("staff/erasures/<str:reference>/", person.erasure_batch, name="erasure_batch"),
    path("staff/organisations/<str:reference>/people/<str:person>/", person.data_of_person, name="data_of_person"),
]
