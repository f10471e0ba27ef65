# stands in: licensing/queries/cases.py
# breaks: Only endpoints know django-ninja
import ninja
