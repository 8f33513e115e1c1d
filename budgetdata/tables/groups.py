"""What the outline of a document is made of: its tables with their fragments and units, what is left out, and the rest."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetdata.base.facts import ParagraphFact
from budgetdata.base.raw import Paragraph, Place, RawRow, RawTable
from budgetdata.base.said import Said, said
from budgetdata.base.text import UNREAD
from budgetdata.forms.declared import Form
from budgetdata.forms.units import units_of
from budgetdata.tables.repeats import is_same, tells_again


@dataclass(slots=True)
class TableGroup:
    """One standard table as printed: its form, title, fragments, and remarks on emptiness.

    `between` is text that stands between its fragments and is no part of it; `cut` is true where rows stood behind it that
    could not be told to be its own; `elsewhere` is where rows like its own stand under no title; `twice` are places where rows of
    it are printed once more, `rival` is where they are printed with other amounts. `units` are all the units that are printed
    for it, `above` the line above its title that one was taken from; `below` are lines with a unit that stand below it,
    `shared` those that may be of what follows as well, `unsure` the unit of such a line where nothing tells whose it is.
    """

    form: Form
    title: str
    place: Place
    fragments: list[RawTable] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    found_by: str = "title"
    part: int = 0
    between: list[Paragraph] = field(default_factory=list)
    cut: bool = False
    twice: list[Place] = field(default_factory=list)
    elsewhere: Place | None = None
    rival: Place | None = None
    above: Paragraph | None = None
    below: list[Paragraph] = field(default_factory=list)
    shared: list[Paragraph] = field(default_factory=list)
    unsure: str = ""

    @property
    def unit(self) -> str:
        """The one unit that is printed for it, '' where there is none or more than one."""
        units = self.every_unit
        return units[0] if len(units) == 1 else ""

    @property
    def every_unit(self) -> list[str]:
        """Every unit that its title, its lines and its heads name."""
        return list(dict.fromkeys([*self.units, *units_of(self.fragments)]))

    def add(self, block: RawTable) -> None:
        """One more run of its rows; one that repeats a run is only remembered: as printed twice, or as its rival."""
        again = self.told_again(block)
        if again is None:
            self.fragments.append(block)
        elif again:
            self.twice.append(block.place)
        else:
            self.rival = self.rival or block.place

    def told_again(self, block: RawTable, *, exactly: bool = False) -> bool | None:
        """Whether a run prints the rows of one of its runs once more (True), or with other amounts (False); `exactly`: only
        whether it prints them cell by cell."""
        if any(is_same(held, block) for held in self.fragments):
            return True
        if exactly:
            return None
        going_on = bool(self.twice)
        told = (
            tells_again(self.form, held, block, going_on=going_on)
            for held in (
                self.fragments if going_on else self.fragments[:1]
            )  # a list by units may begin many pages alike
        )
        return next((again for again in told if again is not None), None)


@dataclass(slots=True)
class LeftOut:
    """A run of tables that is no budget table, named by the title it stands under.

    Its title is '' where it stands under none. `amounts` counts what reads as an amount in it, where it stands among the budget
    tables; `head` are its first rows.
    """

    title: str
    first: Place
    last: Place
    rows: int
    amounts: int = 0
    head: tuple[RawRow, ...] = ()

    @property
    def named(self) -> Said | str:
        """Its title, or the words for a table without one."""
        return self.title or said("table.untitled")

    @property
    def is_illegible(self) -> bool:
        """True where a cell of its first rows could not be read."""
        return any(UNREAD in cell for row in self.head for cell in row.cells)


@dataclass(slots=True)
class Outline:
    """The parts of a document. `spare` are wider tables, of use only where a form finds none of its own. `orphans` are
    runs of rows with amounts, without title, head or unit: rows of some table."""

    tables: dict[int, TableGroup] = field(default_factory=dict)
    spare: list[TableGroup] = field(default_factory=list)
    again: list[TableGroup] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    orphans: list[RawTable] = field(default_factory=list)
    paragraphs: list[ParagraphFact] = field(default_factory=list)
