"""A report and a clip."""

from tests.app_fixtures import clip, report

__all__ = ["clip", "report"]
