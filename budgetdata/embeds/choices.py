"""What an address may ask of a chart: its own parameters and how it is drawn, one model for each chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, Field, create_model

from budgetdata.base.said import said
from budgetdata.charts.card import CARDS
from budgetdata.charts.drawing.theme import LIGHT, THEMES, Theme
from budgetdata.charts.model import Chart
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import Key
from budgetdata.embeds.answers import Refused
from budgetdata.embeds.asked import Asked, Otherwise, either, read
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.population import years
from budgetdata.queries.staff import HEADCOUNTS
from budgetdata.words.catalogue import LANGUAGES, text

WIDTHS = (280, 350, 560, 640, 720, 860, 912, 1080)
PLAIN_SIZES = {"article": 860, "phone": 350}
SIZES = (*PLAIN_SIZES, *CARDS)
MEASURES = ("wan", "share")
MOST_DOCUMENTS = 12
MOST_NAMED = 100
"""So many documents are named by an address's declaration. More are looked up: each model of ten thousand takes 11 MiB."""
AUTO = "auto"
"""The theme that follows the reader's device."""
VERSION = r"[0-9a-f]{4,64}(\.[0-9a-f]{8})?"
"""How `v` is written: the database version, and behind a dot a hash of the chart's rows."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is drawn: theme (`auto` follows the reader's device), width or card, language."""

    theme: str = "light"
    width: int = 860
    card: str = ""
    lang: str = "zh"
    bare: bool = False

    @property
    def paint(self) -> Theme:
        """The theme's colours; light where it follows the device."""
        return THEMES.get(self.theme, LIGHT)


class Drawn(Asked):
    """How something is shown, wherever it is."""

    lang: Annotated[either(LANGUAGES), Otherwise("refused.lang")] = ""  # type: ignore[valid-type]
    v: Annotated[str, Field(pattern=f"^({VERSION})?$"), Otherwise("refused.version", lambda _: VERSIONS)] = Field(
        "", description=text("zh", "asked.v")
    )


VERSIONS = ("<database version>", "<database version>.<hash of the rows>")
"""How a version is written, for people."""


class DrawnPicture(Drawn):
    """How a picture is drawn."""

    w: Annotated[either(map(str, WIDTHS)), Otherwise("refused.width")] = Field("", description=text("zh", "asked.w"))  # type: ignore[valid-type]
    size: Annotated[either(SIZES), Otherwise("refused.size")] = ""  # type: ignore[valid-type]
    theme: Annotated[either(THEMES), Otherwise("refused.theme")] = ""  # type: ignore[valid-type]
    bare: Annotated[either(("0", "1")), Otherwise("refused.bare")] = ""  # type: ignore[valid-type]


class DrawnEmbed(DrawnPicture):
    """How an embed is drawn; at its own widths, whatever `w`, `size` and `bare` of an older address say."""

    theme: Annotated[either((*THEMES, AUTO)), Otherwise("refused.theme")] = ""  # type: ignore[valid-type]


def look_of(asked: Drawn) -> Look:
    """Theme, size, language, as an address asks for them."""
    given = asked.model_dump()
    size = given.get("size", "")
    return Look(
        theme=given.get("theme") or "light",
        width=int(given.get("w") or PLAIN_SIZES.get(size, PLAIN_SIZES["article"])),
        card=size if size in CARDS else "",
        lang=given["lang"] or "zh",
        bare=given.get("bare") == "1",
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address asks of a chart: its checked choices, how it is drawn, the version it was embedded at."""

    key: Key
    look: Look
    embedded: str = ""


def chart_of(chart_id: str) -> Chart:
    """The registered chart. Raises Refused (404) listing the ids there are."""
    chart = all_charts().get(chart_id)
    if chart is None:
        raise Refused(said("refused.chart", value=chart_id[:60]), list(all_charts()), 404)
    return chart


def chosen(pairs: Iterable[tuple[str, str]], chart: Chart, db: Database, *, embed: bool = False) -> Chosen:
    """What the parameters of an address choose. Raises Refused (400) naming what is unknown and listing what exists."""
    asked = read(parameters(chart, db, embed), pairs)
    return Chosen(_key(asked, chart), look_of(asked), asked.v)


def chart_key(given: Mapping[str, str], chart: Chart, db: Database) -> Key:
    """The chart's own choices alone. Raises Refused (400) as `chosen`."""
    return _key(read(parameters(chart, db, False), given.items()), chart)


def _key(asked: Asked, chart: Chart) -> Key:
    given = {name: getattr(asked, name) for name in chart.parameters}
    told = {name: ",".join(value) if isinstance(value, list) else value for name, value in given.items()}
    return tuple(sorted((name, value) for name, value in told.items() if value))


@lru_cache(maxsize=256)
def parameters(chart: Chart, db: Database, embed: bool) -> type[Drawn]:
    """The declaration of what the addresses of a chart may name, over the documents that there are."""
    own = create_model("Own", __base__=Asked, **{name: _own(name, chart, db) for name in chart.parameters})
    drawn = DrawnEmbed if embed else DrawnPicture
    made: type[Drawn] = create_model(chart.id, __base__=(drawn, own))  # type: ignore[arg-type]
    return made


def _own(name: str, chart: Chart, db: Database) -> Any:
    """Type and default of one of a chart's own parameters."""
    if name == "d":
        return _documents(chart.group == "department", db)
    if name == "code":
        refused = Otherwise("refused.code", lambda given: known_codes(db, str(given.get("d", ""))))
        codes = _code_of_many(db) if db.documents > MOST_NAMED else either(known_codes(db), "Code")
        return Annotated[codes, refused], ""
    values, key = {
        "y": (sorted(years(db)), "refused.year"), "m": (MEASURES, "refused.measure"), "h": (HEADCOUNTS, "refused.headcount"),
    }[name]  # fmt: skip
    return Annotated[either(values), Otherwise(key)], ""


def _documents(single: bool, db: Database) -> Any:
    def listed(_: Mapping[str, Any]) -> list[str]:
        return [f"{row['document_id']} {row['department']} {row['year']}" for row in held.named(db)]

    if db.documents > MOST_NAMED:
        one = each = one_of_many(db)
    else:
        ids = [row["document_id"] for row in held.named(db)]
        one, each = either(ids, "Document", optional=False), either(ids, "AnyDocument")
    if single:
        return Annotated[one, Otherwise("refused.document", listed)], Field(description=text("zh", "asked.d"))
    some: Any = list.__class_getitem__(each)
    words = text("zh", "asked.several")
    refused = Otherwise("refused.document", listed, joined=True)
    return Annotated[some, refused], Field([], max_length=MOST_DOCUMENTS, description=words)


def one_of_many(db: Database, *also: str) -> Any:
    """The type of the id of a document that counts, which is looked up, or of one of some other words."""

    def is_held(value: str) -> str:
        if value not in also and (value in db.superseded or held.document(db, value) is None):
            raise ValueError("no such document")
        return value

    return Annotated[str, Field(pattern=f"^({'|'.join((*also, '[0-9a-f]{12}'))})$"), AfterValidator(is_held)]


def _code_of_many(db: Database) -> Any:
    """The type of a code of table 3, looked up."""

    def is_printed(value: str) -> str:
        if not db.rows("SELECT 1 FROM main.account WHERE code = ? LIMIT 1", (value,)):
            raise ValueError("no such code")
        return value

    return Annotated[str, AfterValidator(is_printed)]


def known_codes(db: Database, document: str = "") -> list[str]:
    """The codes of table 3, of one document or of all. Empty where there is none."""
    where, given = ("WHERE document_id = ?", (document,)) if document else ("", ())
    return [row["code"] for row in db.rows(f"SELECT DISTINCT code FROM account {where} ORDER BY code", given)]
