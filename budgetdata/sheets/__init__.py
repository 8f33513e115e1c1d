"""Performance sheets and target lists: found, read, graded, linked to projects."""
