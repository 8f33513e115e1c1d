"""Ready-made questions with choices, and their answers."""
