# stands in: licensing/checks/actions/checks.py
# breaks: DTZ
from datetime import datetime

datetime.now()
