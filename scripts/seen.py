"""What a page shows, measured in a browser: its width, words cut, over others or foreign, small targets, faint letters, axe."""

from __future__ import annotations

import re

from playwright.sync_api import Page

FOREIGN = {
    "region: #react-aria": "an open list is Streamlit's own: it hangs below <body>, in no landmark, where no page can put it",
}
"""Rules that only Streamlit's own elements break and that nothing of ours can mend: `rule: selector` as it begins → why."""
ALLOWED = {
    "English", "CSV", "SHA", "python", "rule", "budgetdata", "targets", "py", "LED", "APP", "PPP", "EPC",
    "Vega", "Lite", "SVG", "PNG", "Excel",
}  # fmt: skip
"""Latin words of a Chinese page: names of files, formats and things that have no Chinese name."""
TOUCH = 44
"""Pixels that a thing to be touched is high at least."""
_NAMES = re.compile(r"[A-Za-z0-9_-]*[._/][A-Za-z0-9._/-]+|\b[0-9a-f]{8,}\b")
"""Names of files, addresses and figures, and the digits of a hash: no words."""
_CUT = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(e => {
const style = getComputedStyle(e), ours = e.matches('.mz table.matrix th, .mz .side b, .mz table.checks td')
const hidden = style.overflowX === 'hidden' || style.overflowX === 'clip' || style.textOverflow === 'ellipsis'
return (ours || hidden) && e.offsetParent && e.clientWidth > 2 && e.scrollWidth > e.clientWidth + 1 && e.innerText.trim()
}).map(e => e.innerText.slice(0, 40))"""
_SMALL = """least => [...document.querySelectorAll('[data-testid=stMain] :is(a,button,summary,input,[role=combobox]),'
+ ' [data-testid=stHeader] button')].filter(e => {
if (!e.checkVisibility({visibilityProperty: true, opacityProperty: true}) || e.matches('.spot,[tabindex="-1"]')) return false
const box = e.getBoundingClientRect(), block = e.closest('p,li,td,dd,figcaption,summary,small,div,h2,h3')
const around = block && getComputedStyle(e).display === 'inline' && block.textContent.trim() !== e.textContent.trim()
return box.width > 1 && box.height < least - .5 && !around
}).map(e => Math.round(e.getBoundingClientRect().height) + ' px: ' + e.outerHTML.slice(0, 110))"""
_OVER = """() => { const main = document.querySelector('[data-testid=stMain]') || document.body, boxes = [], found = []
const put = (box, on, said) => { if (box.width > 2 && box.height > 2) boxes.push([box, on, said]) }
for (const on of main.querySelectorAll('iframe,img')) if (on.checkVisibility()) 
put(on.getBoundingClientRect(), on, on.outerHTML.slice(0, 30))
const words = document.createTreeWalker(main, 4)
while (words.nextNode()) { const on = words.currentNode.parentElement, said = words.currentNode.textContent.trim()
if (!said || on.closest('.spots,svg,script,style,.passport,thead')) continue
if (on.closest('details:not([open])') && !on.closest('summary')) continue
if (!on.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue
const range = document.createRange(); range.selectNodeContents(words.currentNode)
for (const box of range.getClientRects()) put(box, on, said.slice(0, 30)) }
boxes.sort((a, b) => a[0].top - b[0].top)
boxes.forEach(([a, one, said], at) => { for (const [b, other, words] of boxes.slice(at + 1)) { if (b.top >= a.bottom) break
const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
if (one !== other && wide > 2 && high > Math.min(a.height, b.height) * .4) found.push(said + ' / ' + words) } })
return found.slice(0, 9) }"""
_PAPER = """() => { for (const e of document.querySelectorAll('*')) { const style = getComputedStyle(e)
if ((style.printColorAdjust || style.webkitPrintColorAdjust) !== 'exact') e.style.setProperty('background', 'none', 'important') }
}"""
"""Leaves out the grounds that a printer leaves out."""
_BEHIND = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
"""What stands in brackets: a word as it is printed, behind its translation."""
_FAINT = """() => { const parse = c => (c.match(/[\\d.]+/g) || []).map(Number)
const over = (c, g) => c.length > 3 && c[3] < 1 ? c.slice(0, 3).map((v, i) => v * c[3] + g[i] * (1 - c[3])) : c.slice(0, 3)
const light = c => c.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
.reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0)
const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor)
if (c.length && c[3] !== 0) return c.slice(0, 3) } return [255, 255, 255] }
return [...document.querySelectorAll('svg')].filter(s => s.checkVisibility() && s.querySelector('text')).flatMap(svg => {
const paper = ground(svg), painted = [], wrong = []
for (const e of svg.querySelectorAll('rect,path,text')) { const style = getComputedStyle(e), box = e.getBoundingClientRect()
const paint = parse(style.fill); if (style.fill === 'none' || !box.width) continue
paint[3] = (paint[3] ?? 1) * style.fillOpacity * style.opacity
if (e.tagName !== 'text') { if (style.fill.startsWith('rgb')) painted.push([box, paint, e]); continue }
const x = box.x + box.width / 2, y = box.y + box.height / 2
const on = ([b, , drawn]) => b.left <= x && x <= b.right && b.top <= y && y <= b.bottom
&& drawn.isPointInFill(new DOMPoint(x, y).matrixTransform(drawn.getScreenCTM().inverse()))
const below = painted.filter(on).reduce((g, [, c]) => over(c, g), paper)
const [high, low] = [light(over(paint, below)), light(below)].sort((a, b) => b - a), ratio = (high + .05) / (low + .05)
if (ratio < 4.5 && /[\\p{L}\\p{N}]/u.test(e.textContent)) wrong.push(ratio.toFixed(2) + ': ' + e.textContent.slice(0, 30)) }
return wrong }) }"""


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window; nothing or less where it fits."""
    beyond: int = page.evaluate(
        """() => { const main = document.querySelector('[data-testid=stMain]') || document.documentElement;
        return Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth) }"""
    )
    return beyond


def cut(page: Page) -> list[str]:
    """What of a page's words ends at the edge of its own box."""
    found: list[str] = page.evaluate(_CUT)
    return found


def overlapping(page: Page) -> list[str]:
    """What of a page's words, pictures and frames lies over other words: both."""
    found: list[str] = page.evaluate(_OVER)
    return found


def small(page: Page) -> list[str]:
    """What of a page is touched, stands alone and not within a sentence, and is less than 44 pixels high."""
    found: list[str] = page.evaluate(_SMALL, TOUCH)
    return found


def faint(page: Page) -> list[str]:
    """The words in a page's drawings whose contrast with what is painted below them is less than 4.5."""
    found: list[str] = page.evaluate(_FAINT)
    return found


def on_paper(page: Page, axe: str) -> list[str]:
    """What of a page is too faint once it is printed, from a light screen or a dark one.

    The page keeps no grounds: look at nothing else of it afterwards."""
    wrong = list[str]()
    for scheme in ("light", "dark"):
        page.emulate_media(media="print", color_scheme=scheme)
        page.evaluate(_PAPER)
        found = _found(page, axe, {"runOnly": ["color-contrast"]})
        wrong += (f"on paper, {scheme}: {words}" for words in [*found, *faint(page)])
    page.emulate_media(media="screen")
    return wrong


def violations(page: Page, axe: str, colours: bool = True) -> list[str]:
    """What axe-core finds on a page, of any impact: `rule: first selectors and their HTML` for each rule but FOREIGN's.

    colours: contrast too, half of the time it takes; it is the same at every width.
    """
    return _found(page, axe, {"rules": {"color-contrast": {"enabled": colours}}})


def _found(page: Page, axe: str, how: dict[str, object]) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    found: list[str] = page.evaluate(
        "how => axe.run({resultTypes: ['violations'], ...how})"
        ".then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ' ' + n.html.slice(0, 160))))",
        how,
    )
    return [entry for entry in found if not any(entry.startswith(known) for known in FOREIGN)][:9]


def english(page: Page) -> set[str]:
    """Latin words of ours on a Chinese page: not quoted, not printed in a document or a rule, not an address or code."""
    ours = page.locator(".mz, [data-testid=stMain] label, [data-testid=stMain] button").all_inner_texts()
    ours += page.locator("[data-testid=stMain] input").evaluate_all("all => all.map(one => one.placeholder)")
    said = _NAMES.sub("", re.sub(r"“[^”]*”|<[^>]*>", "", " ".join(ours)))
    printed = " ".join(page.locator(".mz blockquote, .mz table.rules, .mz code, .mz pre, .mz footer").all_inner_texts())
    words = set(re.findall(r"[A-Za-z]{3,}", said)) - ALLOWED
    return {word for word in words if word not in printed}


def chinese(page: Page, ours: set[str]) -> set[str]:
    """Which of our own Chinese phrases stand on an English page outside brackets and what is quoted from a document."""
    texts: list[str] = page.evaluate(
        """() => { const out = [], walk = document.createTreeWalker(document.querySelector('[data-testid=stApp]'), 4)
        while (walk.nextNode()) { const on = walk.currentNode.parentElement, words = walk.currentNode.textContent
        if (/[\\u4e00-\\u9fff]/.test(words) && on.checkVisibility() && !on.closest('blockquote,pre,code,.printed,[lang|=zh]'))
        out.push(words.trim()) } return out }"""
    )
    bare = [_BEHIND.sub("", words) for words in texts]
    return {phrase for phrase in ours for words in bare if phrase in words}
