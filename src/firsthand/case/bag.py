"""A BagIt 1.0 bag (RFC 8493), written as a stream: every file is hashed while it is copied."""
