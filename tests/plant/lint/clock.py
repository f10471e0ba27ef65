# stands in: licensing/checks/actions/checks.py
# breaks: TID251
from django.utils.timezone import now

now()
