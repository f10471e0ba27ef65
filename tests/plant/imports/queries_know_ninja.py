# stands in: licensing/queries.py
# breaks: Only endpoints know django-ninja
import ninja
