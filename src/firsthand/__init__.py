"""Firsthand: a verification desk for eyewitness footage."""

__version__ = "0.1.0"
