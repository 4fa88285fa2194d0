"""What was published: text or HTML to lines with roles, and lines to claims."""

from firsthand.report.reading import Reading, read_report

__all__ = ["Reading", "read_report"]
