"""/source/<file>: the copy of a registered document that is stored, personal data masked in it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from budgetdata.base.said import said
from budgetdata.embeds.answers import Refused, language_of
from budgetdata.show.around import stored

_KINDS = {".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8", ".pdf": "application/pdf"}
_ID = 12
"""Characters of a document's id, with which the names of its files begin."""
_MOST = 40
"""So many files at most has a disclosure."""


def source_file(request: Request) -> Response:
    """A stored copy by its own name; 404 where no registered document has a file of that name."""
    name = request.path_params["name"]
    for number in range(1, _MOST):
        found = stored(name[:_ID], number)
        if found is None:
            break
        if found[0].name == name:
            kind = _KINDS.get(found[0].suffix.lower())
            how = "inline" if kind else "attachment"
            headers = {"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}
            return FileResponse(
                found[0], filename=name, media_type=kind or "application/octet-stream", headers=headers,
                content_disposition_type=how,
            )  # fmt: skip
    return Refused(said("refused.source", value=name[:60]), (), 404).response(language_of(request))
