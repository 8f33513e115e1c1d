"""Rows of cells become standard tables: outline, header, rows, columns proved by sums."""
