"""Which documents there are: registered ones, or those of a directory."""
