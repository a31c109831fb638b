"""What can go wrong, as the caller sees it.

ExtractorError
├── ReadError        an input that cannot become an article (names file, line, stage and remedy)
├── DataError        a data file that breaks its schema (names file, table, key and allowed values)
├── AlignmentError   the tokenizer's words do not line up with the text (names the position)
└── UsageError       options or records that do not fit together (says what to do instead)
"""

from __future__ import annotations


class ExtractorError(Exception):
    """Any failure that the program reports by itself."""


class ReadError(ExtractorError):
    """An input, or one article of it, that cannot be read.

    `uri` names the file, `line` the one-based line or item (None for a whole file), `stage` where it
    failed (``open``, ``decompress``, ``decode``, ``parse``, ``html`` …), `remedy` what to do about it.
    """

    def __init__(
        self,
        message: str,
        *,
        uri: str,
        stage: str,
        remedy: str,
        line: int | None = None,
        article_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message.encode("utf-8", "backslashreplace").decode()  # it may quote what is no text
        self.uri = uri
        self.stage = stage
        self.remedy = remedy
        self.line = line
        self.article_id = article_id

    def __str__(self) -> str:
        place = self.uri if self.line is None else f"{self.uri}, line {self.line}"
        return f"{place}: {self.message} ({self.stage}). {self.remedy}"

    def row(self) -> dict[str, str | int | None]:
        """The error row of the record format."""
        return {
            "id": self.article_id,
            "uri": self.uri,
            "line": self.line,
            "stage": self.stage,
            "error": type(self).__name__,
            "message": f"{self.message}. {self.remedy}",
        }


class DataError(ExtractorError):
    """A data file that does not fit its schema."""


class AlignmentError(ExtractorError):
    """Words that do not line up with the text they were made from."""


class UsageError(ExtractorError):
    """Options, records or files that do not fit together; the message says what to do instead."""
