"""What may leave in a redacted export, and what is withheld."""
