# stands in: registry/web.py
# breaks: Only registry.letters knows WeasyPrint
import weasyprint
