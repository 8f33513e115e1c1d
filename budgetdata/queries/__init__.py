"""Questions to the database: plain values in, plain rows out, opened read-only. Amounts are fen."""
