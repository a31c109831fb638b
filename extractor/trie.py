"""Many phrases as one expression in which what they begin with in common stands once.

The engine of the standard library tries alternatives one after the other; a trie leaves it few at every letter, so
that hundreds of phrases are found in one pass at the price of a handful.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


class _Node(dict[str, "_Node"]):
    """What may follow a beginning, by its next letter; `ends` says that a phrase ends here."""

    ends = False


def trie(phrases: Iterable[str], space: str = r"\s+") -> str:
    r"""A pattern for any of the phrases, the longest that fits; `space` stands for the spaces between their words.

    >>> trie(["trong", "trong đó", "trên"])
    'tr(?:ong(?:\\s+đó)?|ên)'
    """
    root = _Node()
    for phrase in phrases:
        node = root
        for letter in phrase:
            node = node.setdefault(letter, _Node())
        node.ends = True
    return _pattern(root, space)


def _pattern(node: _Node, space: str) -> str:
    """The pattern of what follows a beginning; more is better than less, so that the longest phrase is taken."""
    options = []
    for letter in sorted(node):
        run, following = letter, node[letter]
        while len(following) == 1 and not following.ends:  # letters without a fork, however many
            ((one, following),) = following.items()
            run += one
        options.append(re.escape(run).replace(r"\ ", space) + _pattern(following, space))
    if not options:
        return ""
    if len(options) == 1 and not node.ends:
        return options[0]
    return f"(?:{'|'.join(options)}){'?' if node.ends else ''}"
