"""What of a document was not understood, as a layout file ready to edit: texts as printed, each with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from budgetdata.base.errors import BudgetDataError, DocumentError, UnknownNameError
from budgetdata.base.facts import DocumentFacts
from budgetdata.base.leaves import in_file, leaf_of
from budgetdata.base.raw import Place, Problem, RawDocument
from budgetdata.base.text import one_line, squeeze
from budgetdata.build.document import facts_of, outline_of
from budgetdata.build.together import read_files
from budgetdata.forms.declared import Form, standard_forms
from budgetdata.forms.profiles import KINDS, LIST
from budgetdata.forms.titles import is_other_table
from budgetdata.privacy.mask import mask_document
from budgetdata.register.found import File
from budgetdata.register.sources import Source
from budgetdata.sheets.heads import part_names
from budgetdata.show.perhaps import like_column, like_label, like_part, like_row, row_names
from budgetdata.show.promised import LABEL, of_promises
from budgetdata.show.unknown import HEAD, TITLE, Unknown, not_understood, rows_not_known
from budgetdata.words.catalogue import tell

WHOLE = ("data", "empty", "empty_stated")
"""States of a table of which nothing is left unread: whatever its heads say, it is understood."""
_MOST_LINES = 40
"""Lines of what else was not read."""


def draft(paths: Sequence[Path]) -> Iterator[str]:
    """The lines of a layout file for a document (several files: one disclosure). Raises DocumentError where it is none."""
    for path in paths:
        if not path.is_file():
            raise UnknownNameError(f"{path}: no such file; give the disclosure itself")
    raw = mask_document(read_files([File(path, path.name) for path in paths]))[0]
    forms = standard_forms()
    facts, why = _facts(raw, forms)
    read = {table.table_no for table in facts.tables if table.status in WHOLE} if facts else set()
    promised = list(of_promises(raw))
    unknown = [one for one in _beside(promised, _unknown(raw, forms)) if one.table_no not in read]
    rows = rows_not_known(facts, forms) if facts else []
    yield from _opening(raw, facts, why, [*unknown, *promised, *rows])
    for one, *others in _gathered(unknown):
        printed = json.dumps(one.text, ensure_ascii=False)
        yield ""
        if one.kind == TITLE:
            yield f"[[titles]]  # {_where(raw, one.place)}; {one.amounts} amounts stand under it"
            yield f"printed = {printed}"
            yield 'table = ""' + (f"  # perhaps {one.perhaps} {forms[one.perhaps].title}" if one.perhaps else "")
            continue
        yield f"[[heads]]  # {'; '.join(_where(raw, each.place) for each in (one, *others))}"
        yield f"printed = {printed}"
        titles = [each.under for each in (one, *others)] if others else one.under
        yield f"table = {one.table_no}" if one.table_no else f"under = {json.dumps(titles, ensure_ascii=False)}"
        yield _means(like_column(one.text, [forms[one.table_no]] if one.table_no else forms.values()))
    yield from _of_promises(raw, promised)
    yield from _of_rows(raw, rows, forms)
    yield from _meanings(unknown, forms)
    yield from _others(raw, forms)
    if facts is not None:
        yield from _rest(raw, facts)


def _beside(promised: Sequence[Unknown], unknown: Sequence[Unknown]) -> list[Unknown]:
    """What is unknown of tables: without the titles and heads of what is drafted as a list of projects."""
    places = {one.place for one in promised if one.kind == LIST}
    titles = {one.under or one.text for one in unknown if one.place in places and one.table_no is None}
    return [one for one in unknown if (one.under or one.text) not in titles or one.table_no is not None]


def _gathered(unknown: Sequence[Unknown]) -> list[list[Unknown]]:
    """The texts in printed order, a head together with the same one under later titles that are not known either."""
    found: dict[tuple[str, str, int | None, str], list[Unknown]] = {}
    for one in unknown:
        alone = one.kind == TITLE or one.table_no is not None
        found.setdefault((one.kind, one.text, one.table_no, one.under if alone else ""), []).append(one)
    return list(found.values())


def _unknown(raw: RawDocument, forms: dict[int, Form]) -> list[Unknown]:
    return not_understood(outline_of(raw, forms), forms)


def _facts(raw: RawDocument, forms: dict[int, Form]) -> tuple[DocumentFacts | None, str]:
    """What the document states by what is known already; or why nothing of it can be read."""
    try:
        return facts_of(replace(raw), Source(raw.source_file, "0" * 64), forms), ""
    except BudgetDataError as error:
        if isinstance(error, DocumentError):
            return None, one_line(str(error))
        raise


def _opening(raw: RawDocument, facts: DocumentFacts | None, why: str, unknown: Sequence[Unknown]) -> Iterator[str]:
    named = ", ".join(name for page, name in raw.leaves.items() if leaf_of(page).number == 0) or raw.source_file
    name = (facts.region or facts.department) if facts else ""
    yield f"# A layout, drafted from {named}: what of it is not understood, as it is printed."
    yield "# Say what each means and delete what you leave open; then put this file into data/layouts/ and draft again:"
    yield "# what is known is not asked any more, and heads under a title are those that its table does not know. Titles first."
    if not unknown:
        yield "# Nothing to say: every title and head of its tables is known."
    if why:
        yield f"# Nothing of it could be read yet: {why}"
    yield f"name = {json.dumps(name, ensure_ascii=False)}"
    if any(one.kind == TITLE for one in unknown):
        yield ""
        yield '# table: the number (1 to 13) of the standard table that stands under a title, "none" where it is none of them.'
        yield "# under: the titles that a head stands under; where it means different things there, write it once for each."


def _of_promises(raw: RawDocument, promised: Sequence[Unknown]) -> Iterator[str]:
    """The heads of lists of projects with goals or indicators, and the labels of performance forms."""
    for one in promised:
        yield ""
        yield f"[[{'heads' if one.kind == LIST else 'labels'}]]  # {_where(raw, one.place)}"
        yield f"printed = {json.dumps(one.text, ensure_ascii=False)}"
        if one.kind == LIST:
            yield f'table = "{LIST}"'
        yield _means(like_part(one.text) if one.kind == LIST else like_label(one.text))
    if any(one.kind == LIST for one in promised):
        yield ""
        yield f'# means, where the table is "{LIST}" (projects with goals or indicators): {", ".join(part_names())}, ignored.'
    if any(one.kind == LABEL for one in promised):
        yield ""
        yield "# means of a label: the label of other forms that says the same, such as 项目名称, 年度资金总额, 年度目标, 指标值."
        yield "# What is no label of the form, but a value in it, is deleted here."


def _of_rows(raw: RawDocument, rows: Sequence[Unknown], forms: dict[int, Form]) -> Iterator[str]:
    """The labels of rows that a table with rows of its own does not know, and what a row of it may mean."""
    for one, no in [(one, one.table_no) for one in rows if one.table_no]:
        yield ""
        yield f"[[rows]]  # {_where(raw, one.place)}"
        yield f"printed = {json.dumps(one.text, ensure_ascii=False)}"
        yield f"table = {no}"
        yield _means(like_row(one.text, forms[no]))
    if rows:
        yield ""
        yield "# means of a row: one that its table knows; a row that is none of them is deleted here."
        for no in sorted({one.table_no for one in rows if one.table_no}):
            listed = ", ".join(f"{role} {name}" for role, name in row_names(forms[no]).items())
            yield f"#   table {no} {forms[no].title}: {listed}"


def _means(likely: str) -> str:
    return 'means = ""' + (f"  # perhaps {likely}" if likely else "")


def _meanings(unknown: Sequence[Unknown], forms: dict[int, Form]) -> Iterator[str]:
    """What a head of each table may mean."""
    heads = [one for one in unknown if one.kind == HEAD]
    if not heads:
        return
    yield ""
    yield "# means: a column of the table, or code (编码), label (名称), unit (whose a row is, beside its 科目; where"
    yield "#   no 科目 is printed the unit is the label), group (it stands over other heads), ignored (不读)."
    numbers = sorted({one.table_no for one in heads if one.table_no}) or sorted(forms)
    for no in numbers:
        form = forms[no]
        columns = {column.name: column.name_zh for side in form.sides for column in (*side.columns, *side.extra)}
        listed = ", ".join(f"{name} {zh}" for name, zh in columns.items())
        yield f"#   table {no} {form.title}: {listed}"
    yield f"#   any other column of forms/columns.toml; {', '.join(KINDS)}"


def _others(raw: RawDocument, forms: dict[int, Form]) -> Iterator[str]:
    """The titles that are taken to be those of other tables, for whoever knows better."""
    others = {squeeze(left.title): left.first for left in outline_of(raw, forms).left_out if is_other_table(left.title)}
    if others:
        yield ""
        yield "# Taken for none of the thirteen; where one is, name it under [[titles]]:"
        yield from (f"#   {_where(raw, place)}: {one_line(title)}" for title, place in others.items())


def _rest(raw: RawDocument, facts: DocumentFacts) -> Iterator[str]:
    """Everything else that was not read, for whoever looks at the original: as remarks, one line each."""
    unread = [problem for problem in facts.problems if problem.severity == "unread"]
    if not unread:
        return
    yield ""
    yield "# What was not read, by what is known so far:"
    for problem in unread[:_MOST_LINES]:
        yield f"#   {_told(raw, problem)}"
    if len(unread) > _MOST_LINES:
        yield f"#   … and {len(unread) - _MOST_LINES} more"


def _told(raw: RawDocument, problem: Problem) -> str:
    table = f"Table {problem.table_no} " if problem.table_no else ""
    return one_line(f"{_where(raw, problem.place)}: {table}{tell('en', problem.message)}")


def _where(raw: RawDocument, place: Place) -> str:
    """Where something stands: of several files with the name of the file."""
    file = leaf_of(place.page or 0).file
    if not file:
        return str(place)
    within = Place((place.page or 0) - in_file(file, None) or None, place.line)
    return f"{raw.leaves.get(in_file(file, None), '')}, {within}"
