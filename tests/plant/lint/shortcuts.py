# stands in: licensing/applications/queries/applications.py
# breaks: TID251
from django.shortcuts import get_object_or_404

get_object_or_404()
