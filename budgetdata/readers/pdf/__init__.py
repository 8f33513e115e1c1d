"""The PDF reader: a process of its own turns pages into cells, lines and pictures."""
