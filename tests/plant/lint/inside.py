# stands in: licensing/checks/actions/checks.py
# breaks: PLC0415
def record():
    from licensing import models

    return models
