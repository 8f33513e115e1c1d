"""The readers of office files and web pages: Word, Excel and HTML in a process of their own, into cells and paragraphs."""
