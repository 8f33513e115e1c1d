"""How charts are drawn: shapes, colours, fonts, the renderer."""
