"""A small web of its own, an archive and a story, on loopback: for `archiver demo` and for the tests.

Everything in it is invented. Nothing in it may ever reach beyond this machine.
"""
