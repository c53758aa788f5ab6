"""Protobuf messages, as far as Anki's packages need them: fields by number.

Format: https://protobuf.dev/programming-guides/encoding/
"""

_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
_FIXED = {_FIXED_64: 8, _FIXED_32: 4}
_LONGEST_VARINT = 10


def fields(message: bytes) -> dict[int, int | bytes]:
    """Return the last value of each field: numbers as numbers, texts and messages as bytes; fixed ones are left out.

    Raises ValueError where the message is cut short or is none.
    """
    found: dict[int, int | bytes] = {}
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, kind = tag >> 3, tag & 7
        if kind == _VARINT:
            found[number], at = _varint(message, at)
            continue
        if kind == _BYTES:
            length, at = _varint(message, at)
        elif kind in _FIXED:
            length = _FIXED[kind]
        else:
            raise ValueError(f"wire type {kind} is not known")
        if length > len(message) - at:
            raise ValueError("the message is cut short")
        if kind == _BYTES:
            found[number] = message[at : at + length]
        at += length
    return found


def number(message: bytes, field: int) -> int:
    """Return a field that is a number, 0 where it is missing. Raises ValueError like `fields`."""
    value = fields(message).get(field, 0)
    return value if isinstance(value, int) else 0


def text(message: bytes, field: int) -> str:
    """Return a field that is a text, empty where it is missing. Raises ValueError like `fields`."""
    value = fields(message).get(field, b"")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index, byte in enumerate(message[at : at + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return value, at + index + 1
    raise ValueError("a number is cut short")
