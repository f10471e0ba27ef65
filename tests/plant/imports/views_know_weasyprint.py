# stands in: registry/web/__init__.py
# breaks: Only registry.papers knows WeasyPrint
import weasyprint
