"""A document as HTML: a piece of a page of the site, or a page of its own to publish."""

from __future__ import annotations

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from openyj.documents.assembling import Cover, marks_of
from openyj.documents.tree import Heading, Tree, plain


def as_blocks(tree: Tree, *, addresses: Mapping[str, str] | None = None, lowest: int = 1) -> SafeString:
    """The tree as HTML to stand in a page of the site. `addresses` are where the evidence of each code is; a code
    without one is no link. `lowest` is the heading level that a level 1 heading gets."""
    context = {
        "nodes": tree,
        "marks": marks_of(tree),
        "addresses": addresses or {},
        "lowest": lowest,
        "site": True,
    }
    return render_to_string("documents/blocks.html", context)


def to_html(tree: Tree, cover: Cover) -> bytes:
    """A whole page that needs nothing else: no style sheet, script or picture from anywhere."""
    headings = [
        (f"s{n}", plain(block)) for n, block in enumerate(tree) if isinstance(block, Heading) and block.level == 1
    ]
    context = {"nodes": tree, "marks": marks_of(tree), "cover": cover, "headings": headings, "lowest": 2, "site": False}
    return render_to_string("documents/document.html", context).encode()
