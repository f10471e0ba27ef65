# stands in: registry/register/actions/publishing.py
# breaks: status_is_assigned_in_one_file

def end(licence):
    setattr(licence, "status", "ended")
