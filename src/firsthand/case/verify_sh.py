"""The shell program in every bag that checks it with sh, sed and openssl alone."""
