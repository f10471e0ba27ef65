# stands in: licensing/holding/views/holder.py
# breaks: nothing_is_broadcast

from django.db.models.signals import post_save

post_save.connect(print)
