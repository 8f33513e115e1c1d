"""Facts into one SQLite database, and that file opened."""
