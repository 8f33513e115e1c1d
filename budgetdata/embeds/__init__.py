"""Light pages, pictures and files for other sites, and the static site."""
