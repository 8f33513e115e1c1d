"""The limits of opening a PDF: what a file may cost, what of its drawing counts, and what of its text is seen.

The other limits, by which lines, tables and paragraphs are told, are `layout.limits`.
"""

# --- Work: what a file may cost. At most among the real ones: 262 pages, 3,858 objects and 3,744 glyphs on a page. ---------
MAX_PAGES = 3000
MAX_OBJECTS = 60_000  # page objects looked at per page
MAX_GLYPHS = 60_000  # characters read per page
MAX_DEPTH = 6  # forms within forms
MOST_PACKED, MOST_UNPACKED = 1 << 20, 4 << 20  # bytes of an object stream that are looked at for layers
MAX_MEMORY = 480 * 1024 * 1024
OCR_MEMORY = 4096 * 1024 * 1024

# --- What is drawn -----------------------------------------------------------------------------------------------------
THIN = 2.5  # a filled rectangle no thicker than this many points is a rule, not a shade; the thickest real rule is 2.3
WHITE = 250  # of 255 in each colour: drawn, but not seen on white paper
SLANT = 0.7  # points: a line that leans no more than this is straight
SHORTEST = 0.2  # points: a rule may be drawn in pieces; shorter pieces than this are dots

# --- What is seen ------------------------------------------------------------------------------------------------------
PALE = 225  # of 255: text so bright is doubted on white paper
DARK = 100  # of 255: a filling so dark may hide dark text, and shows pale text
FAINT = 110  # of 255: text so bright, and not pale, may be a watermark; print is black, at most dark grey or red
STANDS_OUT = 24  # of 255: what differs less from what lies under it is not seen
CHANGES = 40  # of 255: a glyph that changes the page by less where it stands is not seen
MOST_LOST = 0.4  # of the ink of a digit: with more of it under what is not seen itself, it cannot be told
LEAST_ALPHA = 10  # of 255: text less opaque is not drawn
ANEW = 0.3  # times the size of a number that is not seen: what is printed over it, or no further from it, replaces it
RUNS_ON = 0.35  # of the size: glyphs no further apart are one text
MOST_DIGITS = 13  # of an amount: 10 billion yuan in fen
LEAST_SIZE = 1.0  # points: smaller text cannot be read by anyone
SEEN_SCALE, SEEN_SIDE = 2.0, 3000.0  # pixels a point, and on a side at most, of a page drawn to see what is seen
CLIP_EDGE = 1.0  # points: the bounds of a clip are so much wider than its path, all round
MOST_CLIP = 64  # points of a clip path that are looked at
NUMBER_ZONE = 0.15  # of the page height: below a table the number of a page may stand so high above its foot …
NUMBER_ASIDE = 0.05  # … and so far from its middle, of the page width
