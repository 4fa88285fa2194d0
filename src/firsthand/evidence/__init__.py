"""What others recorded: one reader a source, nothing fetched."""
