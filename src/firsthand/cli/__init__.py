"""Where people work on a terminal: thin; every import of weight happens inside a command."""
