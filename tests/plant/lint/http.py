# stands in: licensing/rules/decisions.py
# breaks: TID251
from django.http import HttpRequest

HttpRequest()
