"""Clients of the services that hold evidence: off unless switched on, each with a preview.

Nothing here runs by itself. A `Request` says exactly what would be sent; `send` refuses unless the
caller says that this source is switched on.
"""

from firsthand.evidence.fetch.client import Request, send
from firsthand.evidence.fetch.services import elements_request, firms_request, open_meteo_request

__all__ = ["Request", "elements_request", "firms_request", "open_meteo_request", "send"]
