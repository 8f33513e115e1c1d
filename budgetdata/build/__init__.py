"""Documents into a database."""
