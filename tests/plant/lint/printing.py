# stands in: licensing/actions/checks.py
# breaks: T20
print("x")
