"""The real command."""

from tests.app_fixtures import firsthand

__all__ = ["firsthand"]
