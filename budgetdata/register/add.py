"""Register documents: hash, department and year, personal data masked, one row of data/sources.csv each.

What is stored below data/disclosures/ is safe to publish: the masked text, or a PDF that holds no personal data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from budgetdata.base.errors import RegisterError
from budgetdata.base.region import region_of
from budgetdata.base.settings import DATA_DIR
from budgetdata.base.titles import Kind
from budgetdata.privacy.mask import mask_name
from budgetdata.privacy.patterns import PRIVATE_MAIL
from budgetdata.privacy.words import compiled
from budgetdata.register.copies import Copy
from budgetdata.register.offered import Offered, offers
from budgetdata.register.sources import (
    Source,
    document_id_of,
    read_sources,
    sha256_of,
    stored_files,
    write_sources,
    write_whole,
)

YEARS = range(2000, 2100)


@dataclass(slots=True)
class _Books:
    """The register while files are entered: its rows, the copies to write, and what to tell the user.

    stored maps the SHA-256 of each stored copy to its document id.
    """

    data_dir: Path
    sources: list[Source]
    stored: dict[str, str]
    copies: dict[str, list[Copy]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)


def add(
    files: Iterable[Path],
    data_dir: Path = DATA_DIR,
    department: str | None = None,
    year: int | None = None,
    region: str | None = None,
    url: str | None = None,
    say: Callable[[str], None] = lambda message: None,
    *,
    together: bool = False,
) -> list[Source]:
    """Register files and return their entries in data/sources.csv, in the order given; `say` gets one line on each.

    together: all files are one disclosure; those of a zip are one where they speak of one body and year. department, year and
    region are taken from the document where they are not given. What is registered already is not registered twice: what is
    given corrects its entry. Each disclosure is registered whole or not at all.
    Raises RegisterError with a line for each file that was not registered (no department or year found, a scan, …),
    when all others are stored; and at once where an option is none.
    """
    _refuse_options(department, year, url)
    books = _opened(data_dir)
    given = {"department": department, "year": year, "region": region, "source_url": url}
    given = {name: value for name, value in given.items() if value is not None}
    done: list[str] = []
    refused: list[str] = []
    for offered in offers(files, together, books.messages.append):
        try:
            if isinstance(offered, RegisterError):
                raise offered
            done.append(_enter(offered, books, given))
        except RegisterError as error:
            refused.append(mask_name(str(error)))
    if done:
        _store(data_dir, books)
    for message in books.messages:
        say(mask_name(message))
    if refused:
        raise _refusal(refused, len(done))
    entries = {source.document_id: source for source in books.sources}
    return [entries[document_id] for document_id in done]


def _opened(data_dir: Path) -> _Books:
    """The books of a register as it is now."""
    books = _Books(data_dir, read_sources(data_dir), {})
    for source in books.sources:
        for path, _ in stored_files(source, data_dir):
            if path.exists():
                books.stored[sha256_of(path.read_bytes())] = source.document_id
    return books


def _refusal(refused: list[str], done: int) -> RegisterError:
    """What is said of the files that were not registered, a line each, beside so many that were."""
    if done or len(refused) > 1:
        counts = f"{done} of {done + len(refused)} files registered (已登记)"
        refused = [*refused, f"{counts}, the others were left as they are; mend what is said of each and add it again"]
    return RegisterError("\n".join(refused))


def is_web_address(url: str) -> bool:
    """True where a text is an address with http or https and a host, and holds neither blank nor who somebody is."""
    try:
        parts = urlsplit(url)
        if parts.username is not None or compiled(PRIVATE_MAIL).search(unquote(url)):
            return False  # whose it is would be published
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)
    except ValueError:
        return False


def _refuse_options(department: str | None, year: int | None, url: str | None) -> None:
    if department is not None and not department.strip():
        raise RegisterError("--department: the name (部门名称) is blank; give the department's full name")
    if year is not None and year not in YEARS:
        raise RegisterError(f"--year {year}: a budget year (年度) lies between {YEARS.start} and {YEARS.stop - 1}")
    if url is not None and not is_web_address(url):
        raise RegisterError(
            f"--url {url}: no web address (来源网址); give it whole, from http:// or https://, without password or mail"
        )


def _enter(offered: Offered, books: _Books, given: dict[str, Any]) -> str:
    """Enter one disclosure into the books, or correct its entry; returns its document id."""
    sha256 = offered.sha256
    held = next((source.document_id for source in books.sources if source.source_sha256 == sha256), "")
    if held := held or books.stored.get(sha256, ""):
        _correct(offered, held, books, given)
        return held
    _refuse_parts(offered, books)
    source = offered.stored(_source(offered, given))
    copies = [copy for _, copy, _ in offered.read()]
    books.messages += _messages(source, copies, books.sources)
    books.sources.append(source)
    books.copies[source.document_id] = copies
    return source.document_id


def _refuse_parts(offered: Offered, books: _Books) -> None:
    """Raise RegisterError where a file is registered already with others, or by itself though it is offered with others."""
    for file, sha256 in zip(offered.files, offered.hashes, strict=True):
        for source in books.sources:
            if sha256 in {source.source_sha256, *(part.sha256 for part in source.files)}:
                raise RegisterError(
                    f"{file.name}: already registered as {_entry(source)}; to register its files otherwise, take that row out "
                    "of sources.csv first"
                )


def _correct(offered: Offered, held: str, books: _Books, given: dict[str, Any]) -> None:
    """Correct the entry of a registered document with what is given, and bring back its stored copy where it is lost.

    Raises RegisterError where there is nothing to do.
    """
    number = next(number for number, source in enumerate(books.sources) if source.document_id == held)
    old = books.sources[number]
    lost = held not in books.copies and not all(path.exists() for path, _ in stored_files(old, books.data_dir))
    if not given and not lost:
        what = "already registered as" if old.source_sha256 == offered.sha256 else "this is the stored copy of"
        options = "--department, --year, --region or --url"
        raise RegisterError(f"{offered.name}: {what} {_entry(old)}; nothing was changed; to correct it give {options}")
    new = replace(old, **given)
    if "region" not in given and old.region == region_of(old.department):
        new = replace(new, region=region_of(new.department))
    if lost:
        books.copies[held] = [copy for _, copy, _ in offered.read()]
        new = offered.stored(new)
    books.sources[number] = new
    changes = [
        f"{name} {getattr(old, name) or 'blank'} → {getattr(new, name) or 'blank'}"
        for name in ("department", "year", "region", "source_url")
        if getattr(old, name) != getattr(new, name)
    ]
    changes += ["its stored copy was missing and is written again"] if lost else []
    told = (
        f"corrected (已更正): {', '.join(changes)}"
        if changes
        else "registered already with just this; nothing was changed"
    )
    books.messages.append(f"{new.document_id} {new.department} {new.year}: {told}")


def _entry(source: Source) -> str:
    files = " and ".join(part.name for part in source.files) or source.source_file
    origin = f"from {files}, on {source.registered_on}"
    return f"{source.document_id} ({source.department}, {source.year}, {origin})"


def _source(offered: Offered, given: dict[str, Any]) -> Source:
    head, sha256, name = offered.head, offered.sha256, offered.name
    if head.what == "final_accounts":
        raise RegisterError(
            f"{name}: final accounts (决算), not a budget: its title is '{head.title}' ({head.title_place})"
        )
    department, year = given.get("department") or head.department, given.get("year") or head.year
    if not department:
        raise RegisterError(f"{name}: no department found (no line 部门名称：…); give it with --department NAME")
    if not year:
        raise RegisterError(f"{name}: no budget year found (no title 20xx年…预算); give it with --year YYYY")
    return Source(
        source_file=mask_name(offered.files[0].name),
        source_sha256=sha256,
        document_id=document_id_of(sha256),
        department=department,
        year=year,
        region=given.get("region", region_of(department, head.region)),
        kind=head.kind or Kind.DEPARTMENT,
        source_kind=offered.kind,
        source_url=given.get("source_url", ""),
        registered_on=datetime.now(UTC).date().isoformat(),
    )


def _messages(source: Source, copies: Sequence[Copy], known: Sequence[Source]) -> list[str]:
    head = f"{source.document_id} {source.department} {source.year}"
    region = source.region or "unknown (give --region)"
    files = " and ".join(part.name for part in source.files) or source.source_file
    masked = sum(copy.masked for copy in copies)
    messages = [f"{head}: registered from {files}, region {region}, {masked} places masked"]
    for file, copy in zip([part.name for part in source.files] or [""], copies, strict=True):
        messages += [f"{head}: {f'{file}: ' if file else ''}{remark}" for remark in copy.remarks]
    for other in known:
        if (other.department, other.year, other.kind) == (source.department, source.year, source.kind):
            messages.append(f"{head}: another version of {_entry(other)}; both are kept, one counts (build says which)")
    return messages


def _store(data_dir: Path, books: _Books) -> None:
    """Copies first, then the register in one step; a failure takes the copies away again."""
    written: list[Path] = []
    try:
        for source in books.sources:
            if source.document_id in books.copies:
                stored = stored_files(source, data_dir)
                for (path, _), copy in zip(stored, books.copies[source.document_id], strict=True):
                    written.append(path)
                    write_whole(path, copy.data)
        write_sources(data_dir, books.sources)
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise RegisterError(f"{data_dir}: cannot be written ({error.strerror}); nothing was registered") from error
        raise
