"""Functions that run inside the box, and only there.

Each takes the open file and plain arguments and gives plain data and named bytes. They import
decoders and the standard library, never the records: what they say is checked outside.
"""
