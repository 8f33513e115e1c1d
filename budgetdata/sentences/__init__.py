"""What running text says: its passages, numbers and reasons, and the declared subjects that its words name; no tables yet."""
