"""What a worker gives up before it sees a query: memory, processor, files, programs and the network.

The network is cut by the kernel (seccomp): whatever a query manages to say, no socket can be made.
Standard library only, no privilege needed. What the machine cannot do is returned, never ignored.
"""

import _socket
import ctypes
import errno
import platform
import resource
import signal
import struct
import sys
from typing import Final

PILE: Final = 64 * 1024**2
"""Stack of a worker: eight times the usual one, so that what passes the checks cannot overflow it."""

_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2
_KILL, _ALLOW, _ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
_LOAD, _JUMP_EQUAL, _JUMP_GREATER, _RETURN = 0x20, 0x15, 0x35, 0x06
_X32: Final = 0x40000000

_ARCHITECTURES: Final = {
    # audit number of the architecture, then: socket, execve, execveat, ptrace, io_uring_setup
    "x86_64": (0xC000003E, (41, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 221, 281, 117, 425)),
}


class _Programme(ctypes.Structure):
    _fields_ = (("longueur", ctypes.c_ushort), ("filtre", ctypes.c_void_p))


def confine(memoire_octets: int) -> list[str]:
    """Give up what a query must not reach, for good.

    Returns:
        What could not be given up on this machine (``reseau``, ``memoire``), empty when all was.
    """
    missing = [] if _limit_resources(memoire_octets) else ["memoire"]
    _deny_calls()
    if _can_open_socket():
        missing.append("reseau")
    return missing


def allow_processor(secondes: float) -> None:
    """Let the worker use that much processor time from now on; the kernel kills it beyond."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    total = int(used.ru_utime + used.ru_stime + secondes) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = total if hard == resource.RLIM_INFINITY else min(total, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def die_after(secondes: float) -> None:
    """Have the kernel end this process after so many seconds, should the server be gone; 0 cancels."""
    signal.setitimer(signal.ITIMER_REAL, secondes)


def _limit_resources(memoire_octets: int) -> bool:
    _set_limit(resource.RLIMIT_STACK, PILE)
    _set_limit(resource.RLIMIT_CORE, 0)
    return _set_limit(resource.RLIMIT_AS, memoire_octets)


def _set_limit(kind: int, value: int) -> bool:
    _, hard = resource.getrlimit(kind)
    wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(kind, (wanted, hard if kind == resource.RLIMIT_STACK else wanted))
    except (OSError, ValueError):
        return False
    return True


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _filter(architecture: int, calls: tuple[int, ...]) -> bytes:
    """Return the program that refuses the calls given, and kills on another architecture's calls."""
    tests = [(_JUMP_GREATER, _X32), *((_JUMP_EQUAL, call) for call in calls)]
    return b"".join(
        (
            _instruction(_LOAD, 4),
            _instruction(_JUMP_EQUAL, architecture, 1, 0),
            _instruction(_RETURN, _KILL),
            _instruction(_LOAD, 0),
            *(_instruction(test, value, len(tests) - i) for i, (test, value) in enumerate(tests)),
            _instruction(_RETURN, _ALLOW),
            _instruction(_RETURN, _ERRNO | errno.EACCES),
        )
    )


def _deny_calls() -> None:
    known = _ARCHITECTURES.get(platform.machine())
    if sys.platform != "linux" or known is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return
    code = _filter(*known)
    keep = ctypes.create_string_buffer(code, len(code))
    programme = _Programme(len(code) // 8, ctypes.cast(keep, ctypes.c_void_p))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong)
    if prctl(_PR_SET_NO_NEW_PRIVS, 1, None, 0, 0) == 0:
        prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(programme), 0, 0)


def _can_open_socket() -> bool:
    """Try, rather than believe that the filter is there."""
    for family in (_socket.AF_INET, _socket.AF_INET6, _socket.AF_UNIX):
        try:
            _socket.socket(family, _socket.SOCK_STREAM).close()
        except OSError as erreur:
            if erreur.errno in (errno.EACCES, errno.EAFNOSUPPORT):
                continue
        return True
    return False
