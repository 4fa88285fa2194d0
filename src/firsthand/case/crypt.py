"""Sensitive payloads under a key each: to destroy the key is to destroy the payload."""
