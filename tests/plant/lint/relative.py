# stands in: licensing/queries.py
# breaks: TID252
from .models import Application

Application()
