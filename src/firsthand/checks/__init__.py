"""One file a question: named inputs in, one result out; pure.

A check is a function under the decorator `check`; it names the inputs it wants by parameter name
(`firsthand.checks.inputs` lists them) and returns a `CheckResult`. Ours and other people's are
found alike, by the entry-point group `firsthand.checks`.
"""
