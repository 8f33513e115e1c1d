"""What a document states, ready to store: every figure, project, sheet and target with the place it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetdata.base.raw import Box, Place, Problem
from budgetdata.base.said import Said

NOWHERE = Place(None, None)
"""The place of what stands nowhere in particular: a table that is missing, a remark on the whole document."""

PERHAPS = (
    "table.spoken_of", "table.perhaps_among", "table.perhaps_on_page", "table.in_contents", "register.tables_elsewhere",
    "register.tables_not_here", "register.rest_not_here", "register.rest_elsewhere", "register.tables_not_with_sheets",
)  # fmt: skip
"""Reasons of a table that was not found and may be printed all the same, in another form or in another file."""

TERM, ANNUAL = "term", "annual"
SOURCES = ("central", "provincial", "local", "self", "other")
"""Where a project's money comes from on its sheet: 中央, 省级, 市县（区）, 单位自筹, 其他."""

TEXT_FIELDS = ("overview", "basis", "need", "safeguards", "plan", "term_goal", "annual_goal")
"""The running texts of a sheet."""

DIMENSIONS = {
    "数量": "产出",
    "质量": "产出",
    "时效": "产出",
    "成本": "产出",
    "经济效益": "效益",
    "社会效益": "效益",
    "生态效益": "效益",
    "可持续影响": "效益",
    "服务对象满意度": "满意度",
}
"""The dimension (一级指标) of every category (二级指标) on a form that does not set cost apart."""

COST = "成本"
"""The category that newer forms print as a dimension of its own."""


@dataclass(frozen=True, slots=True)
class TableFact:
    """One of the thirteen standard tables of a document: whether it is there and what can be said of it.

    status: data | partial (a page, row or cell of it was not read) | empty_stated | empty | missing (printed
    nowhere) | unreadable (printed, not read). reason says why where it is not plain data. layout: the form or variant by which
    it was read.
    """

    table_no: int
    title: str
    unit: str
    status: str
    reason: Said | None
    place: Place
    layout: str = ""

    @property
    def is_perhaps(self) -> bool:
        """Whether the table was not found, though it may be printed all the same."""
        return self.status == "unreadable" and self.reason is not None and self.reason.code in PERHAPS


@dataclass(frozen=True, slots=True)
class FigureFact:
    """One printed amount. row_no counts the table's printed data rows from 1; side is '' on one-sided tables.

    level: 0 for totals, 1 类, 2 款, 3 项 (or the depth in the form); is_sum: other printed rows are its parts.
    box: where it stands on its page in points (x0, top, x1, bottom), None where the source has no geometry.
    """

    table_no: int
    side: str
    row_no: int
    code: str
    label: str
    level: int
    is_sum: bool
    column: str
    column_label: str
    fen: int
    decimals: int
    raw: str
    place: Place
    parent_row_no: int | None = None
    group_label: str = ""
    role: str = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class RowFact:
    """One printed data row of a standard table, also where all its amounts are blank.

    unread: the columns of which the row prints something that could not be read.
    """

    table_no: int
    side: str
    row_no: int
    code: str
    label: str
    level: int
    is_sum: bool
    role: str
    place: Place
    parent_row_no: int | None = None
    group_label: str = ""
    unread: tuple[str, ...] = ()


PROJECT_TABLE, EXPENDITURE_LEAF, PERFORMANCE_LIST = "project_table", "expenditure_leaf", "performance_list"
"""Where a project is printed: a table of projects, a table of 科目 whose last rows are projects, a performance list or sheet."""


@dataclass(frozen=True, slots=True)
class ProjectFact:
    """One row of table 12 (stage current) or 13 (carryover) that is a project; fen per fund, None where blank.

    source: where it is printed; one that no table of projects prints is a leaf of an expenditure table, or a row of a
    performance list, or a sheet.
    """

    stage: str
    row_no: int
    name: str
    office: str
    funds: dict[str, int | None]
    place: Place
    source: str = PROJECT_TABLE


@dataclass(frozen=True, slots=True)
class TargetFact:
    """One printed indicator of one horizon. target is the printed value; operator, value, unit where it parses.

    raw_category is the label as printed; notes say what is odd (cut, split over cells, no value).
    """

    horizon: str
    category: str
    dimension: str
    indicator: str
    target: str
    operator: str
    value: str
    unit: str
    place: Place
    raw_category: str = ""
    notes: tuple[Said, ...] = ()


@dataclass(slots=True)
class SheetFact:
    """One performance sheet (项目支出绩效目标表, scope project) or the department-wide one (scope department).

    funds maps (horizon, 'total' or one of SOURCES) to fen; a key that is absent is blank in the source. authority is the
    主管部门 as printed, without its code; unit_name the 实施单位, else the same. text_places: where each text (TEXT_FIELDS)
    is printed. unread: how many of its rows hold what was not read; such a sheet may lack what its document prints.
    """

    project_name: str
    scope: str
    place: Place
    office: str = ""
    office_code: str = ""
    unit_name: str = ""
    authority: str = ""
    attribute: str = ""
    term: str = ""
    funds: dict[tuple[str, str], int] = field(default_factory=dict)
    overview: str = ""
    basis: str = ""
    need: str = ""
    safeguards: str = ""
    plan: str = ""
    term_goal: str = ""
    annual_goal: str = ""
    filed_on: str = ""
    targets: list[TargetFact] = field(default_factory=list)
    text_places: dict[str, Place] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    notes: list[Said] = field(default_factory=list)
    unread: int = 0


@dataclass(frozen=True, slots=True)
class ParagraphFact:
    """A paragraph of the narrative or glossary under the heading it stands in, for search and for the statements."""

    part: int
    section: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class StatementFact:
    """One figure read from the narrative: kind (amount, share, change, rate, count, area, …), its subject, value and unit.

    `links` are figure keys (see `figure_key`) of the printed amounts the sentence speaks of; rebuilt values
    (kind starting with 'rebuilt') have no sentence of their own but the one they were computed from.
    """

    section: str
    kind: str
    subject: str
    value: str
    unit: str
    text: str
    place: Place
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpokenFact:
    """What the narrative says of a subject's amount or of its change since last year (about: amount | change).

    state: stated | declared_none (said not to be there) | unread (a sentence speaks of it and no number was read of it: our
    failing) | silent (no sentence speaks of it). place: the sentence, NOWHERE where it is silent.
    """

    subject: str
    about: str
    state: str
    place: Place


@dataclass(frozen=True, slots=True)
class LinkFact:
    """What one number of the narrative is linked to; a number with several counterparts has several links, in order.

    statement, other: indexes into the statements; unread: the number itself where no statement was read from it.
    link: figure | blank_cell | sum | derived | project | sheet | statement | none. role: same, addend, part, whole,
    this_year, last_year, change, bounds, limit or explains; '' where there is nothing to point at.
    agrees: same, rounding, differs, or '' where that is not said of one number. The counterpart: a cell (table_no, row_no,
    column, its key where an amount is printed there), a project, a sheet (indexes) or another statement; `at` is where it
    is printed, reason how it was found.
    """

    statement: int | None
    link: str
    role: str = ""
    agrees: str = ""
    reason: Said | None = None
    figure: str = ""
    table_no: int | None = None
    row_no: int | None = None
    column: str = ""
    label: Said | str = ""
    project: int | None = None
    sheet: int | None = None
    other: int | None = None
    at: Place = NOWHERE
    unread: StatementFact | None = None


@dataclass(frozen=True, slots=True)
class CheckFact:
    """One identity evaluated on one document: both sides in fen, what rounding allows, and where both sides stand.

    status: balanced | rounding | different | not_evaluable. refs are figure keys or 'line N' / 'p.N', ';' between them.
    """

    rule: str
    label: Said
    left_fen: int | None
    right_fen: int | None
    tolerance_fen: int | None
    status: str
    left_ref: str
    right_ref: str
    explanation: Said


@dataclass(frozen=True, slots=True)
class DisclosureFact:
    """One item of the disclosure profile on one document: group core | local | encouraged, status, and the evidence."""

    item_id: str
    group: str
    item: str
    status: str
    evidence: Said


def figure_key(table_no: int, side: str, row_no: int, column: str) -> str:
    """The key of a figure within its document: what its public id is made of, such as t01.r004e.total."""
    return f"t{table_no:02d}.r{row_no:03d}{side[:1]}.{column}"


@dataclass(slots=True)
class DocumentFacts:
    """Everything read from one document. `columns` are the amount columns that each side of a table prints a head for.

    replaced_by is the document that corrects this one; files are the names of the files of a disclosure, where they are several.
    leaves: the names of those files and of worksheets, by the page number that says which it is (see `base.leaves`).
    part: narrative or tables where the file holds only that part of a disclosure. corrected: the word that says it corrects
    another; dated: the cover's date; label: what tells it from another version; counts: False where another counts instead.
    """

    department: str
    department_code: str
    year: int
    region: str
    kind: str
    source_file: str
    source_kind: str
    source_sha256: str
    source_url: str
    pages: int | None
    document_id: str
    replaced_by: str = ""
    files: tuple[str, ...] = ()
    leaves: dict[int, str] = field(default_factory=dict)
    part: str = ""
    corrected: str = ""
    dated: str = ""
    registered_on: str = ""
    label: str = ""
    counts: bool = True
    tables: list[TableFact] = field(default_factory=list)
    rows: list[RowFact] = field(default_factory=list)
    figures: list[FigureFact] = field(default_factory=list)
    projects: list[ProjectFact] = field(default_factory=list)
    sheets: list[SheetFact] = field(default_factory=list)
    paragraphs: list[ParagraphFact] = field(default_factory=list)
    statements: list[StatementFact] = field(default_factory=list)
    statement_links: list[LinkFact] = field(default_factory=list)
    spoken: list[SpokenFact] = field(default_factory=list)
    checks: list[CheckFact] = field(default_factory=list)
    disclosure: list[DisclosureFact] = field(default_factory=list)
    links: dict[int, tuple[int | None, str]] = field(default_factory=dict)
    columns: dict[tuple[int, str], frozenset[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def status(self) -> str:
        """'read' where nothing was left unread, else 'partial'."""
        return "partial" if any(problem.severity == "unread" for problem in self.problems) else "read"
