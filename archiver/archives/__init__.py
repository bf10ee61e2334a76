"""Web archives: look up copies, submit pages, follow submissions up. Open them with `archives.desk.open_archives`.

Everything here is plain and synchronous: archives are few, and are asked politely one question after the other.
Importing this package imports nothing else.
"""
