"""What stands before every answer: which requests come in, how many, what leaves with each answer, and what is logged of it."""
