"""Abbreviations: every use of a short form, what it stands for there, and how that is known.

Definitions in the article itself come first, then a reviewed lexicon whose senses are told apart by context;
what the text leaves open stays ambiguous, with its candidates. The text is never rewritten.
"""

from extractor.abbreviations.expand import expand
from extractor.abbreviations.finder import AbbreviationFinder
from extractor.abbreviations.lexicon import Lexicon, load_lexicon

__all__ = ["AbbreviationFinder", "Lexicon", "expand", "load_lexicon"]
