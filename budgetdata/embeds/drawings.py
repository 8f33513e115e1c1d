"""The drawings of an embed: one at each width, shown one at a time, and recoloured on a dark device where that is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from budgetdata.charts import picture
from budgetdata.charts.drawing.theme import DARK, LIGHT, Theme
from budgetdata.charts.shown import Shown
from budgetdata.embeds.choices import AUTO, Look

EMBED_WIDTHS = (280, 350, 560, 720)
_PAINTED = re.compile(r'(fill|stroke)="(#[0-9A-Fa-f]{3,8})"')
Pair = tuple[str, str, str]
"""fill or stroke, its colour as drawn, its other one."""
_OTHER = {AUTO: (DARK, "screen and (prefers-color-scheme:dark)"), DARK.name: (LIGHT, "print")}
"""The other colours that a drawing carries, and where it has them: what was dark is printed on white."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The SVG at a width, and where the same comes from as Vega."""

    width: int
    svg: Markup
    spec: str = ""


def drawings(shown: Shown, look: Look, spec: str) -> tuple[list[Drawing], str]:
    """The drawing at each width, and the style that recolours it on a dark device, or a dark one on paper; ([], '') for none."""
    made, pairs = list[Drawing](), dict[Pair, None]()
    for width in EMBED_WIDTHS:
        drawn = _at(shown, look.paint, width)
        if not drawn:
            return [], ""
        if look.theme in _OTHER:
            drawn, found = _both(drawn, _at(shown, _OTHER[look.theme][0], width))
            pairs |= found
        more = f"{'&' if '?' in spec else '?'}w={width}" + ("&theme=dark" if look.theme == DARK.name else "")
        made.append(Drawing(width, Markup(drawn), spec + more if spec and look.theme != AUTO else ""))
    rules = "".join(f'[data-{kind[0]}="{light}{dark}"]{{{kind}:#{dark}}}' for kind, light, dark in sorted(pairs))
    return made, f"@media {_OTHER[look.theme][1]}{{{rules}}}" if rules else ""


def _at(shown: Shown, paint: Theme, width: int) -> str:
    return picture.cached_inline(shown.db, shown.chart, shown.key, paint, width, shown.lang)


def _both(drawn: str, other: str) -> tuple[str, dict[Pair, None]]:
    """A drawing that carries its colours in the other theme, and the pairs used; alone where the two differ in shape."""
    others = [match[2] for match in _PAINTED.finditer(other)]
    if len(others) != len(_PAINTED.findall(drawn)):
        return drawn, {}
    used: dict[Pair, None] = {}
    colours = iter(others)

    def paired(match: re.Match[str]) -> str:
        kind, first, second = match[1], match[2].lstrip("#"), next(colours).lstrip("#")
        used[(kind, first, second)] = None
        return f'{match[0]} data-{kind[0]}="{first}{second}"'

    return _PAINTED.sub(paired, drawn), used
