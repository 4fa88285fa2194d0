"""What was seen before: fingerprints of footage, an index over them, and temporal alignment.

`Archive` keeps fingerprints of recordings and stills; `search` finds the same recording in them.
Nothing here opens a strange file itself: `firsthand.archive.boxed` runs in the sandbox.
"""
