"""What a client already holds: entity tags, and whether to answer « not modified » (RFC 9110 §13).

Tags are weak: the same answer may be compressed or not. They differ from a language to another, and from a
public address to another. A route
sets ``ETag`` and the exchange (:mod:`api.echange`) answers 304 by itself; a route whose answer is long to
make asks :func:`is_held` first.
"""

import re
from contextvars import ContextVar
from hashlib import blake2b
from typing import Final

from fastapi import Request
from fastapi.responses import Response

from graph.messages import langue_courante

REVALIDER: Final = "public, no-cache"
"""May be kept by anybody, and asked again each time: an edition may have replaced another."""
instance_courante: Final = ContextVar("instance_courante", default="")
"""Public address of the instance, when a setting says it: links of an answer depend on it."""
_ETIQUETTE: Final = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def make_etag(*parts: str) -> str:
    """Return the tag of an answer wholly decided by these texts, the language and where the public finds us.

    >>> make_etag("a", "bc") == make_etag("ab", "c")
    False
    """
    digest = blake2b(digest_size=12)
    for part in (langue_courante.get(), instance_courante.get(), *parts):
        octets = part.encode("utf-8", "surrogatepass")
        digest.update(len(octets).to_bytes(8) + octets)
    return f'W/"{digest.hexdigest()}"'


def is_listed(etag: str, if_none_match: str) -> bool:
    """Tell whether an ``If-None-Match`` header names a tag, by weak comparison."""
    if if_none_match.strip() == "*":
        return True
    return etag.removeprefix("W/") in _ETIQUETTE.findall(if_none_match)


def is_held(request: Request, etag: str) -> bool:
    """Tell whether the client says it holds the answer with this tag already."""
    held = ", ".join(request.headers.getlist("if-none-match"))
    return request.method in ("GET", "HEAD") and bool(held) and is_listed(etag, held)


def not_modified(etag: str) -> Response:
    """Answer that what the client holds is still true."""
    return Response(status_code=304, headers={"ETag": etag, "Cache-Control": REVALIDER})
