# stands in: licensing/actions/checks.py
# breaks: TID251
from django.dispatch import receiver

receiver()
