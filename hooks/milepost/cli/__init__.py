"""The command line. It may import everything; nothing imports it but `__main__`, and the hook for one page.

A newcomer adds a command in the module of its family in `commands`.
"""
