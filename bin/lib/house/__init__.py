"""The launcher behind bin/serve, bin/test and bin/manage.

It starts with the standard library alone: `__main__` makes the virtual environment and its
packages first, then goes on inside them.
"""
