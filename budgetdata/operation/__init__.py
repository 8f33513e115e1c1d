"""What keeps a server going: whether all it needs is there, and how to mend what is not."""
