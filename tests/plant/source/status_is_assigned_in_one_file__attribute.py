# stands in: licensing/applications/actions/applications.py
# breaks: status_is_assigned_in_one_file

def withdraw(application, *, by, at):
    application.status = "withdrawn"
    application.save()
