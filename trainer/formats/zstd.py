"""Zstandard, unpacked bit by bit up to a limit, whatever a stream claims to hold."""

import sys
from collections.abc import Iterable, Iterator

from trainer.formats.extras import needs_extra
from trainer.formats.limits import LARGEST_WINDOW

_CHUNK = 1 << 20


def unpacked(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Yield what a stream of one frame holds.

    Raises OverflowError past `limit` bytes, ValueError where the stream is damaged or ends too early, and
    TrainerError where Python is older than 3.14 and the extra is not installed.
    """
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        try:
            from backports import zstd
        except ModuleNotFoundError:
            raise needs_extra("zstd") from None
    unpacker = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: LARGEST_WINDOW})
    got = 0
    try:
        for chunk in chunks:
            part = unpacker.decompress(chunk, _CHUNK)
            while part or not (unpacker.needs_input or unpacker.eof):
                got += len(part)
                if got > limit:
                    raise OverflowError
                yield part
                part = b"" if unpacker.eof else unpacker.decompress(b"", _CHUNK)
            if unpacker.eof:
                return
    except zstd.ZstdError as error:
        raise ValueError(str(error)) from error
    raise ValueError("the stream ends too early")
