"""The figures that a fingerprint is built on. Changing one makes old archives unreadable."""

from __future__ import annotations

__all__ = [
    "FEATURES",
    "FEATURE_STEP",
    "FORMAT",
    "KEY_SIDE",
    "KEY_STEP",
    "PROXY_SIDE",
    "RATE",
    "STRETCH_S",
]

FORMAT = "firsthand-fingerprint/1"
RATE = 12.5
"""Small grey pictures a second."""
PROXY_SIDE = 160
"""Long side of a small grey picture, in pixels."""
KEY_SIDE = 384
"""Long side of the picture that hashes and local features are taken from."""
KEY_STEP = 6
"""Every sixth grid picture is hashed: 2.08 a second."""
FEATURE_STEP = 12
"""Every twelfth gives local features, unless the picture has hardly changed."""
FEATURES = 300
"""Local features a picture, the strongest."""
STRETCH_S = 600.0
"""A long recording is cut into stretches of this length, so that memory stays flat."""
