"""The public tables as CSV, data package, workbook and Datasette metadata."""
