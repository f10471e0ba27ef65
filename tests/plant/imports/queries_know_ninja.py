# stands in: licensing/applications/queries/applications.py
# breaks: Only endpoints know django-ninja
import ninja
