"""A drawn SVG without what nobody sees or hears: bare groups, defaults, repeated names and shapes; words and looks stay."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_SVG = "http://www.w3.org/2000/svg"
SVG = f"{{{_SVG}}}"
"""What the names of SVG's elements begin with."""
_UNSEEN = ("role", "aria-roledescription", "aria-hidden", "class", "pointer-events", "version")
_USUAL = {
    "opacity": "1", "fill-opacity": "1", "stroke-opacity": "1", "font-weight": "normal", "text-anchor": "start",
    "transform": "translate(0,0)",
}  # fmt: skip
"""What an attribute says anyway where it is left out."""
_GEOMETRY = ("d", "transform", "x", "y", "width", "height")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_SEE_THROUGH = ("opacity", "fill-opacity", "stroke-opacity")


def slim(text: str) -> str:
    """An SVG as the renderer writes it, made small: it looks the same, and every labelled mark has its label as <title>.

    Coordinates to a hundredth of a pixel; roles and classes that only a live chart needs are gone; marks side by side
    that share colour and label become one. Raises xml.etree.ElementTree.ParseError where it is no XML.
    """
    return slimmed(ElementTree.fromstring(text))


def slimmed(root: Element) -> str:
    """The same of an SVG's elements."""
    ElementTree.register_namespace("", _SVG)
    families = Counter(found.get("font-family", "") for found in root.iter(f"{SVG}text"))
    family = families.most_common(1)[0][0] if families else ""
    _walk(root, family, painted=True)
    if family:
        root.set("font-family", family)
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def _walk(element: Element, family: str, painted: bool) -> None:
    """Make an element and all below it small. painted: what is below has a fill where it names none."""
    label = element.attrib.pop("aria-label", "")
    for name in [name for name, value in element.attrib.items() if name in _UNSEEN or _USUAL.get(name) == value]:
        del element.attrib[name]
    if family and element.get("font-family") == family:
        del element.attrib["font-family"]
    for name in _GEOMETRY:
        if name in element.attrib:
            element.set(name, shortened(element.attrib[name]))
    if label and element.tag == f"{SVG}path" and element.find(f"{SVG}title") is None:
        ElementTree.SubElement(element, f"{SVG}title").text = label
    painted = element.get("fill", "" if painted else "none") != "none"
    kept: list[Element] = []
    for child in element:
        _walk(child, family, painted)
        if _nothing(child, painted):
            continue
        for part in child if child.tag == f"{SVG}g" and not child.attrib else (child,):
            if not (kept and _joined(kept[-1], part)):
                kept.append(part)
    element[:] = kept


def _nothing(element: Element, painted: bool) -> bool:
    """Whether an element shows and says nothing."""
    if element.tag == f"{SVG}g":
        return len(element) == 0
    if element.tag != f"{SVG}path" or len(element):
        return False
    seen = element.get("fill", "" if painted else "none") != "none" or element.get("stroke", "none") != "none"
    return not element.get("d") or element.get("display") == "none" or not seen


def _joined(before: Element, element: Element) -> bool:
    """Draw a path as part of the one before it, where both share colour and label; whether that was done."""
    if not before.tag == element.tag == f"{SVG}path":
        return False
    mine, others = ({k: v for k, v in each.attrib.items() if k != "d"} for each in (element, before))
    if mine != others or any(name in mine for name in (*_SEE_THROUGH, "stroke")):
        return False
    if [part.text for part in element] != [part.text for part in before]:
        return False
    before.set("d", before.get("d", "") + element.get("d", ""))
    return True


def shortened(numbers: str) -> str:
    """A path, place or size with its numbers to a hundredth of a pixel."""
    return _LONG_NUMBER.sub(_rounded, numbers)


def _rounded(match: re.Match[str]) -> str:
    return f"{round(float(match[0]), 2):.10g}"
