"""The limits of the layout: every distance, share and bound by which one thing is told from another, with its reason.

Distances are in points or in shares of a character's size, so that they hold for any size of print. Where a limit was
measured, the comment says on what: “typesettings” are LibreOffice, Chrome, ReportLab and LaTeX-like prints of five
documents, “real” are some sixty published PDFs of fifteen cities. The rest are bounds of work, chosen far above both.
"""

from __future__ import annotations

import math

# --- Work: what a page may cost -----------------------------------------------------------------------------------------
MAX_RULES = 4000  # on a page, after joining; at most 102 on a real one
MOST_WAYS = 200  # ways to share heads or texts out that are looked at
MOST_HEADS = 60  # texts in a head; more is a form's labels
MOST_OPEN = 8  # heads not plainly over others: each way is tried, 2⁸ ways in all

# --- Glyphs ------------------------------------------------------------------------------------------------------------
LIGATURE = 1.3  # of the size: one glyph this wide that stands for several characters holds them side by side
DIAGONAL = math.radians(4)  # text that leans more is no line of the page

# --- Characters made lines ---------------------------------------------------------------------------------------------
SAME_LINE = 0.35  # of the size: baselines nearer than this are one line; line pitch is 1.0 and more
DOUBLED = 0.35  # of the advance: the same character this near is drawn twice (fake bold), not printed twice
SCRIPT = 0.8  # of the neighbour's size: smaller characters beside it may be raised or lowered
RAISED = 0.15  # of the size: a script that stands higher above the baseline is raised
SPACE_ASCII = 0.22  # of the size: a gap between Latin words; a font's own space is 0.25
SPACE_EVEN = 0.2  # of the size: a gap between two ideographs that is so much wider than others on the line
SPACE_WIDE = 0.9  # of the size: any other gap between words
EVEN_PAIRS = 4  # so many neighbours on a line show what is usual
IDEOGRAPH = "\u2e7f"  # characters above are as wide as they are high

# --- Grids of crossing rules -------------------------------------------------------------------------------------------
SNAP = 1.5  # points: rules this near are one line
GAP = 3.0  # points: pieces of a line this near are joined; ends this near to a crossing line reach it
DOUBLE = 3.0  # points: rows and columns thinner than this are double lines, not cells
LEAST_ROW = 6.0  # points: a row of text is no lower
DIVIDES = 0.5  # share of a cell's side that a line must cover to divide it from its neighbour
RUN_GAP = 0.35  # of the size: a wider gap ends a run of text within a table line
STRADDLE = 0.15  # of the size: a glyph this far on both sides of a rule runs over it
WIDEST_PITCH, EVEN_PITCH = 1.8, 0.5  # of the size: lines of one text stand no further apart, and evenly
LEAST_PITCH = 0.85  # of the size: lines of one text stand no nearer; such are printed over each other
CENTRED = 0.3  # of the size: a line no further from the middle of a row stands in it by itself
MARGIN = 2.0  # points: a glyph whose middle is so near outside the grid still belongs to it

# --- Tables with flat rules only ---------------------------------------------------------------------------------------
WIDE = 0.3  # of the page width: a full-width rule is at least so long
NARROW = 0.12  # … or so long, on a page without any of that length
STRONG = 0.85  # of the thickest rule: the rules that open and close a table
CONTRAST = 0.75  # thinner rules than this share of the thickest are the inner ones
FOLLOWS = 4.0  # of the size: the next row of a table is no further down
NEAR = 2.0  # points: edges this near are one
CLOSES = 1.5  # points: a chain of centred cells must end this near to the edge it ends at
PIECE_GAP = 0.5  # of the size: white between two cells on one line
WRAP_PITCH = 1.4  # of the size: lines no further apart may be one wrapped text
EVEN = 1.0  # points: white that is the same in every column differs by no more
BELOW = 0.65  # of the way to the next level: a head there is below, one half-way stands beside both
HEAD_LEVEL = 0.3  # of the size: heads whose middles are nearer are on one level
PITCH = 0.95  # of the least distance between rows: wrapped lines stand nearer
STACKED = 0.9  # of the size: lines no further apart are of cells side by side, wrapped and set in their middle
MEETS = 0.3  # of the size: how far the middle of a text may be from that of the rows its cell reaches over
FEWEST_ROWS = 3  # rows that a list must have for its merged cells to be told by their middles
OVERLAP = 0.35  # of the size: rows may touch, but not stand in each other
STRAY_GAP = 0.8  # of the size: white between the cells of a row that no rule shows

# --- Pages and paragraphs ----------------------------------------------------------------------------------------------
SCAN_SHARE = 0.3  # of the page under images: with no text at all it is a scanned page
STAMPED_SHARE, STAMPED_GLYPHS = 0.8, 12  # a scanned page may still carry a printed page number
UNMAPPED_SHARE = 0.3  # of a page's characters without Unicode: its text cannot be read
HEADER_ZONE = 0.09  # of the page height, above and below
HEADER_PAGES = 3  # a header is the same line on at least so many pages …
HEADER_SHARE = 0.4  # … and on this share of all pages
LONG = 12  # characters: lines so long show where running text begins and ends
NARROWEST = 0.5  # of the page width: running text is at least so wide
COMMON_SHARE = 0.12  # of the long lines end at a margin; in ragged text fewer do anywhere
APART = 3.0  # of the size: white that parts two texts on one line (部门名称 … 单位)

SIDEWAYS = 1.15  # a sheet so much wider than high may hold two pages, …
GUTTER = 0.03  # … with so much of its width white in the middle, …
FEWEST_A_SIDE = 30  # … and so many characters on either side

# --- What is certain, and what marks ------------------------------------------------------------------------------------
CLASH = 0.5  # of the narrower advance: two characters that cover each other so far cannot both be read
LEVEL = 0.1  # of the size: two texts on a page so nearly on one baseline are on one line, whatever cells they are of
ALIKE = 0.15  # of the size: texts printed over each other are of sizes no further apart; a mark is larger
STRUCK = 0.2  # of the size: a flat rule so near the middle of a digit strikes it out
PARTED = 0.6  # of the size: digits further apart, among others that touch, are of two numbers; a space is 0.5
DASH = 0.5  # of the size: a short rule so near before a digit may be its minus
USUAL_DECIMALS, USUAL_SHARE = 8, 0.9  # so many amounts, and this share of them, show how many decimals a table prints
OWN_SHARE = 0.25  # of the signs of a number that a rule cuts: a cell with fewer is a neighbour's
TOUCHING = 0.12  # of the size: digits no further apart are one number
TILES, TILED_SHARE = 3, 0.3  # a mark stands so often on a page, and spread over so much of its width and height …
MARK_PAGES, MARK_SHARE = 3, 0.8  # … or at one place on so many pages, and on this share of all
MIDDLE = 0.4  # of the size: how far a glyph's box reaches from its middle, some white at its sides left off
STEP = 6.0  # points: glyphs are looked up by squares so wide
LARGER = 1.4  # of the usual size: a mark on every page that is not faint is at least so large
MOST_KEPT = 400  # pages looked at together for marks that come back on each
TWICE = 20  # characters: a page with fewer, printed before, may well be printed again
FEW_SKIPPED = 3  # numbers that one numbering may lack where a page of it stands elsewhere
CONSECUTIVE, MOST_SKIPPED = 0.8, 10  # printed page numbers count where so many go on by one; a gap is no larger
ANNOUNCES = 4  # lines above a picture: a title or unit among them announces a table
PICTURE_SHARE, PICTURE_SIDE = 0.04, 60.0  # of the page, and points in each direction: a picture that may hold a table
