# stands in: registry/register.py
# breaks: status_is_assigned_in_one_file

def end(licence):
    setattr(licence, "status", "ended")
