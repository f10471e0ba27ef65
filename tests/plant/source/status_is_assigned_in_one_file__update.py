# stands in: licensing/applications/queries/applications.py
# breaks: status_is_assigned_in_one_file

def close_all(applications):
    applications.update(status="withdrawn")
