"""How much of a file from a stranger is read, in one place.

What is over a limit is refused with its name, before anything is written. The numbers lie above
the biggest honest files known, and keep an import within a few seconds of finding out.
"""

from trainer.errors import TrainerError

MEGABYTE = 1 << 20

LARGEST_SOURCE = 256 * MEGABYTE
"""Bytes of a file that is read into memory; an archive may be larger, since only parts of it are read."""
LARGEST_DIRECTORY = 8 * MEGABYTE
"""Bytes of an archive's table of contents: some 160,000 files."""
LARGEST_DATABASE = 512 * MEGABYTE
"""Bytes of a database in an archive once unpacked, whatever the archive claims; it goes to a temporary file."""
LARGEST_PART = 16 * MEGABYTE
"""Bytes of any other part of an archive once unpacked, and of one value in a database."""
LARGEST_WINDOW = 25
"""Base-2 logarithm of the bytes that unpacking zstd may look back on: 32 MiB."""
MOST_NOTES = 250_000
MOST_CARDS = 500_000
MOST_REVIEWS = 1_000_000
MOST_STEPS = 2_000_000_000
"""Steps of SQLite's machine that reading one database may take."""
LARGEST_TEXT = 64 * MEGABYTE
"""Bytes of a table, or of another text of rows."""
LARGEST_DOCUMENT = 8 * MEGABYTE
"""Bytes of a document of prose: a book of a thousand pages has three million."""
LONGEST_LINE = 100_000
"""Characters of one line of a document."""
MOST_ROWS = 100_000
"""Cards of one document or table."""
MOST_FILES = 10_000
"""Files of one folder, with all folders in it."""
LONGEST_FIELD = 200_000
"""Characters of one field of a note, of one side of a template without drawings, and of one side of a card."""
MOST_TEXT = 200_000_000
"""Characters of all sides of all cards of one source together, before they are made Markdown."""


def too_much(name: str, what: str, limit: int, hint: str) -> TrainerError:
    """Return the error for a source that holds more than is read: "geography.apkg holds over 250,000 notes"."""
    return TrainerError(f"{name} holds over {limit:,} {what}, more than is read here.", hint)
