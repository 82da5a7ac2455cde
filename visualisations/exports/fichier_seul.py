"""A page of the site as one file that opens anywhere: no server, no network, nothing that runs.

Works on the pages of this package only: it trusts them to be well formed.
"""

import re
from base64 import b64encode
from collections.abc import Collection
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from mimetypes import guess_type
from typing import Final
from urllib.parse import urlsplit

from visualisations.rendu import static_path

_VIDES: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_MORTS: Final = frozenset(
    {
        *("nav", "form", "button", "label", "input", "select", "textarea", "datalist"),
        *("noscript", "template", "iframe", "object", "embed", "base"),
    }
)
"""Elements that lead nowhere once the page has left its site."""
_CLASSES: Final = frozenset({"evitement", "entete"})
_EN_LIGNE: Final = frozenset({"data-en-ligne", "data-sans-script"})
"""Attributes of what only makes sense on the site."""
_D_UN_LIEN: Final = frozenset({"href", "xlink:href", "target", "rel", "download", "hreflang"})
_ADRESSE_CSS: Final = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")

Attributs = list[tuple[str, str | None]]


def fichier_seul(page: str, scripts: Collection[str] = ()) -> str:
    """Make one self-contained file of a page.

    Style sheets and images are put inside. What belongs to the site goes: its header, navigation, forms,
    buttons, and whatever carries ``data-en-ligne``; links to other pages of the site stay as text. A
    Content-Security-Policy lets these very styles and scripts through, and nothing else.

    Args:
        page: the HTML of a page, as the site serves it.
        scripts: names of the static scripts to keep (``carte.js``), classic ones: a module that imports
            its neighbours cannot live in one file. Without any, data blocks and everything that waits
            for a script (``data-avec-script``) go too.

    Raises:
        FileNotFoundError: the page names a static file that does not exist.
    """
    tri = _Tri(frozenset(scripts))
    tri.feed(page)
    tri.close()
    return tri.finish()


def _read(adresse: str) -> bytes:
    nom = urlsplit(adresse).path.removeprefix("/static/")
    chemin = static_path(nom)
    if chemin is None:
        raise FileNotFoundError(nom)
    return chemin.read_bytes()


def _embed(adresse: str) -> str:
    """A static file as a ``data:`` address."""
    media = guess_type(urlsplit(adresse).path)[0] or "application/octet-stream"
    return f"data:{media};base64,{b64encode(_read(adresse)).decode()}"


def _embed_css(css: str) -> str:
    return _ADRESSE_CSS.sub(
        lambda lu: lu[0] if lu[1].startswith(("data:", "#")) else f"url({_embed(lu[1])})", css
    )


def _fingerprint(texte: str) -> str:
    return f"'sha256-{b64encode(sha256(texte.encode()).digest()).decode()}'"


class _Tri(HTMLParser):
    """Copies a page word for word, except what must change."""

    def __init__(self, scripts: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self._scripts = scripts
        self._sortie: list[str] = []
        self._regle = 0
        """Where the policy goes: right after the character set."""
        self._styles: list[str] = []
        self._empreintes: list[str] = []
        self._tues: list[str] = []
        """Open elements inside the one that is dropped, itself first."""
        self._ouverts: list[str] = []
        """What closes each open link: a link that is kept, or the plain element it became."""
        self._dessins = 0

    def finish(self) -> str:
        styles = " ".join(dict.fromkeys(self._styles)) or "'none'"
        regle = [
            "default-src 'none'",
            f"style-src {styles}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
        if self._empreintes:
            regle.insert(1, f"script-src {' '.join(self._empreintes)}")
        meta = f'\n  <meta http-equiv="Content-Security-Policy" content="{"; ".join(regle)}">'
        return "".join((*self._sortie[: self._regle], meta, *self._sortie[self._regle :]))

    def handle_starttag(self, tag: str, attrs: Attributs) -> None:
        texte = self.get_starttag_text() or ""
        if self._tues or self._is_dead(tag, dict(attrs)):
            if tag not in _VIDES:
                self._tues.append(tag)
            return
        match tag:
            case "link":
                self._write_link(dict(attrs))
            case "script":
                self._write_script(texte, dict(attrs))
            case "a":
                self._write_anchor(texte, dict(attrs))
            case "img" | "image" | "use":
                self._sortie.append(self._embed_images(texte, attrs))
            case _:
                self._dessins += tag == "svg"
                self._sortie.append(texte)
                if tag == "meta" and dict(attrs).get("charset"):
                    self._regle = len(self._sortie)

    def handle_startendtag(self, tag: str, attrs: Attributs) -> None:
        if not self._tues and not self._is_dead(tag, dict(attrs)):
            self._sortie.append(self._embed_images(self.get_starttag_text() or "", attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._tues:
            while self._tues and self._tues.pop() != tag:
                pass
            return
        self._dessins -= tag == "svg"
        self._sortie.append(self._ouverts.pop() if tag == "a" and self._ouverts else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._tues:
            self._sortie.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.handle_data(f"<!{decl}>")

    def _is_dead(self, tag: str, attrs: dict[str, str | None]) -> bool:
        if tag == "script":
            source = attrs.get("src")
            nom = urlsplit(source).path.removeprefix("/static/") if source else None
            return not self._scripts if nom is None else nom not in self._scripts
        classes = set((attrs.get("class") or "").split())
        attente = "data-avec-script" in attrs and not self._scripts
        return tag in _MORTS or bool(classes & _CLASSES) or bool(_EN_LIGNE & attrs.keys()) or attente

    def _write_link(self, attrs: dict[str, str | None]) -> None:
        adresse = attrs.get("href") or ""
        match attrs.get("rel"):
            case "stylesheet":
                css = _embed_css(_read(adresse).decode("utf-8"))
                media = f' media="{attrs["media"]}"' if attrs.get("media") else ""
                self._styles.append(_fingerprint(css))
                self._sortie.append(f"<style{media}>{css}</style>")
            case "icon":
                self._sortie.append(f'<link rel="icon" href="{_embed(adresse)}">')

    def _write_script(self, texte: str, attrs: dict[str, str | None]) -> None:
        source = attrs.get("src")
        if source is None:
            self._sortie.append(texte)
            return
        script = _read(source).decode("utf-8").replace("</script", "<\\/script")
        self._empreintes.append(_fingerprint(script))
        self._sortie.append(f"<script>{script}")

    def _write_anchor(self, texte: str, attrs: dict[str, str | None]) -> None:
        """A link to another page of the site becomes plain: a file has no site around it."""
        adresse = attrs.get("href") or attrs.get("xlink:href") or ""
        if adresse.startswith("#") or urlsplit(adresse).scheme:
            self._sortie.append(texte)
            self._ouverts.append("</a>")
        else:
            seul = "g" if self._dessins else "span"
            gardes = "".join(
                f' {nom}="{escape(valeur or "")}"' for nom, valeur in attrs.items() if nom not in _D_UN_LIEN
            )
            self._sortie.append(f"<{seul}{gardes}>")
            self._ouverts.append(f"</{seul}>")

    def _embed_images(self, texte: str, attrs: Attributs) -> str:
        for nom, valeur in attrs:
            if nom in ("src", "href", "xlink:href") and valeur and valeur.startswith("/static/"):
                texte = texte.replace(valeur, _embed(valeur))
        return texte
