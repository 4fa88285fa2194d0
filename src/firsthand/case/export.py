"""Hand a case over: a bag that a stranger can check with sh, sed and openssl."""
