"""Zip archives from strangers: only named parts are read, each up to a limit, and nothing is ever unpacked by name."""

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from mmap import mmap
from stat import S_ISLNK
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from trainer.errors import TrainerError
from trainer.formats.limits import LARGEST_DIRECTORY, too_much
from trainer.text import shorten, shown

CHUNK = 1 << 18
_HINT = "Export it anew from the program it comes from."
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LONGEST_COMMENT = 0xFFFF
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:")


class Mapped(mmap):
    """A large file as bytes that are read only where they are looked at."""

    def seekable(self) -> bool:
        """Return True: the archive reader asks, and Python before 3.13 does not say."""
        return True


def is_archive(data: bytes) -> bool:
    """Return whether these bytes begin like a zip archive."""
    return data[:4] == b"PK\x03\x04"


class Archive:
    """An archive whose table of contents was looked over. Close it, or use it as a context manager."""

    def __init__(self, name: str, data: bytes) -> None:
        """Open it. Raises TrainerError where it is damaged, too big, or not what an honest program writes."""
        self.name = name
        if _directory_size(data) > LARGEST_DIRECTORY:
            raise too_much(name, "bytes in its table of contents", LARGEST_DIRECTORY, _HINT)
        try:
            # zipfile closes what it opened itself only, so a mapped file is lent to it
            self._zip = ZipFile(BytesIO(data) if type(data) is bytes else cast(IO[bytes], data))
        except (BadZipFile, ValueError, OSError, struct.error, NotImplementedError, EOFError) as error:
            raise self.damaged() from error
        try:
            self._parts = self._looked_over(self._zip.infolist())
        except TrainerError:
            self._zip.close()
            raise

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def damaged(self) -> TrainerError:
        """Return the error for an archive that does not hold what it says."""
        return TrainerError(f"{self.name} is cut short or damaged.", f"Copy it again, or e{_HINT[1:]}")

    def _looked_over(self, parts: list[ZipInfo]) -> dict[str, ZipInfo]:
        """Return the parts by name. Raises TrainerError for what no honest archive holds."""
        by_name: dict[str, ZipInfo] = {}
        end = 0
        for part in sorted(parts, key=lambda each: each.header_offset):
            name = part.orig_filename
            if _ABSOLUTE.match(name) or ".." in re.split(r"[/\\]", name):
                raise self._odd(f"a file for another folder, {shown(shorten(name, 50))}")
            if S_ISLNK(part.external_attr >> 16):
                raise self._odd(f"a link, {shown(shorten(name, 50))}")
            if name in by_name:
                raise self._odd(f"two files of the name {shown(shorten(name, 50))}")
            if part.header_offset < end:
                raise self._odd("files that lie over each other")
            end = part.header_offset + _LOCAL_HEADER + part.compress_size
            by_name[name] = part
        return by_name

    def _odd(self, what: str) -> TrainerError:
        return TrainerError(f"{self.name} holds {what}; that is no honest archive.", _HINT)

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def chunks(self, part: str, limit: int) -> Iterator[bytes]:
        """Yield what a part holds, bit by bit. Raises TrainerError past `limit` bytes, or where it is damaged."""
        info = self._parts[part]
        if info.file_size > limit:
            raise self.too_long(part, limit)
        if info.flag_bits & _ENCRYPTED or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise TrainerError(f"{self.name} is locked or packed in a way that is not read here.", _HINT)
        try:
            with self._zip.open(info) as stream:
                yield from _bounded(stream, limit)
        except OverflowError:
            raise self.too_long(part, limit) from None
        except (BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, struct.error) as error:
            raise self.damaged() from error

    def read(self, part: str, limit: int) -> bytes:
        """Return all that a part holds. Raises TrainerError like `chunks`."""
        return b"".join(self.chunks(part, limit))

    def too_long(self, part: str, limit: int) -> TrainerError:
        """Return the error for a part that is longer than is read."""
        return too_much(self.name, f"bytes in its part {part}", limit, "Export less at once, a deck for instance.")


def _bounded(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    got = 0
    while chunk := stream.read(CHUNK):
        got += len(chunk)
        if got > limit:
            raise OverflowError
        yield chunk


def _directory_size(data: bytes) -> int:
    """Return how long the table of contents says it is, 0 where there is none; zipfile would read all of it."""
    start = max(0, len(data) - _END.size - _LONGEST_COMMENT)
    tail = data[start:]
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        return 0
    size = int(_END.unpack_from(tail, at)[5])
    if size != 0xFFFFFFFF:
        return size
    at = tail.rfind(b"PK\x06\x06")
    return int(_END_64.unpack_from(tail, at)[8]) if 0 <= at <= len(tail) - _END_64.size else LARGEST_DIRECTORY + 1
