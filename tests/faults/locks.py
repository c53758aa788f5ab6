"""Takes locks away from a child as a file system without them does: by a seccomp filter, in the kernel."""

import ctypes
import errno
import os
import platform
import struct
import sys

CALLS = {"x86_64": (0xC000003E, 73, 72), "aarch64": (0xC00000B7, 32, 25)}
"""By machine: how seccomp calls it, and the numbers of its calls `flock` and `fcntl`."""
COMMANDS = (6, 7, 37, 38)
"""What is asked of `fcntl` to set a lock: F_SETLK, F_SETLKW, F_OFD_SETLK and F_OFD_SETLKW."""
NO_NEW_RIGHTS, SECCOMP, FILTER = 38, 22, 2
"""The two calls of `prctl` that are needed, and the mode of the second."""
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
FAIL, ALLOW = 0x00050000, 0x7FFF0000
CALL, MACHINE, COMMAND = 0, 4, 24
"""Where the kernel puts the number of a call, the machine, and the second argument."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def can_be_taken() -> bool:
    """Return whether this machine lets a process take its locks away."""
    return sys.platform == "linux" and platform.machine() in CALLS and _works()


def _works() -> bool:
    child = os.fork()
    if not child:
        try:
            take_away()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def take_away(error: int = errno.ENOLCK) -> None:
    """Let every lock of this process and its children fail, for good. Raises OSError where that is not allowed."""
    machine, flock, fcntl = CALLS[platform.machine()]
    size = len(COMMANDS)
    steps = [
        (LOAD, 0, 0, MACHINE),
        (JUMP_IF_EQUAL, 0, size + 4, machine),
        (LOAD, 0, 0, CALL),
        (JUMP_IF_EQUAL, size + 3, 0, flock),
        (JUMP_IF_EQUAL, 0, size + 1, fcntl),
        (LOAD, 0, 0, COMMAND),
        *((JUMP_IF_EQUAL, size - number, 0, command) for number, command in enumerate(COMMANDS)),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, FAIL | error),
    ]
    instructions = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.addressof(instructions))
    system = ctypes.CDLL(None, use_errno=True)
    for call in ((NO_NEW_RIGHTS, 1, 0, 0, 0), (SECCOMP, FILTER, ctypes.byref(program), 0, 0)):
        if system.prctl(*call):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
