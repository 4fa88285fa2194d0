"""Lineage: who had it from whom, of the footage and of the claim."""

from firsthand.origins.groups import OriginGroup, origin_groups

__all__ = ["OriginGroup", "origin_groups"]
