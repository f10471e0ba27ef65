# stands in: public_lookup/lookup/filters.py
# breaks: Each app leans only on the apps below it
from licensing import models
