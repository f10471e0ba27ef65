# stands in: licensing/queries.py
# breaks: status_is_assigned_in_one_file

def close_all(applications):
    applications.update(status="withdrawn")
