# stands in: licensing/actions/checks.py
# breaks: DTZ
from datetime import datetime

datetime.now()
