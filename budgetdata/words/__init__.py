"""Every text that a person reads, in both languages, and numbers and places put into words."""
