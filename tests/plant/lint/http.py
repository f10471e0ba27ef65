# stands in: licensing/decisions/rules/deciding.py
# breaks: TID251
from django.http import HttpRequest

HttpRequest()
