"""What is drawn on a page made what is printed on it: lines, grids and columns, tables and paragraphs; free of any engine."""
