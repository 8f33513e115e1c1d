"""What an office file may cost, and how large a picture in it may be before it may hold a table."""

MAX_BYTES = 64 * 1024 * 1024  # of the file as it lies
MAX_ENTRIES = 5000  # parts of a package; a workbook of 255 sheets has some 600
MAX_UNPACKED = 400 * 1024 * 1024  # bytes of all parts
MAX_RATIO, SMALL = 300, 1 << 20  # a part larger than this may not be so many times larger than it is packed
MAX_MEMORY = 1024 * 1024 * 1024
MAX_CELLS = 1_000_000  # cells that hold something, in a whole workbook
MAX_ELEMENTS = 600_000  # of a web page, seen or not
MAX_CHARACTERS = 400_000  # seen on a web page; the longest of 58 real disclosures prints 158,000, on 262 pages
MAX_SHEETS = 300
MAX_COLUMNS = 400  # of a table; wider ones are no table of a budget
MAX_DEPTH = 12  # tables within tables, elements of a Word file within each other where they count
SECONDS, SECONDS_PER_BYTE, MOST_SECONDS = 15.0, 8e-6, 90.0

LARGE_PICTURE, SHORT_SIDE = 20_000.0, 60.0  # square points, points: a picture so large may be a table
ANNOUNCES = 4  # texts above a picture: a title or unit among them announces a table
