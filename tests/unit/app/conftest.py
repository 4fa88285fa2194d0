"""The use cases' fixtures."""

from tests.app_fixtures import clip, document, firsthand, report

__all__ = ["clip", "document", "firsthand", "report"]
