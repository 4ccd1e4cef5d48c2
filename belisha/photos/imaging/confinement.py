"""What a process that opens strangers' files gives up first, and for good (Linux).

Limits on memory, processor time, files and core dumps; then a filter of system calls
(seccomp) that leaves arithmetic, memory, threads and the pipes that are open already. No
file, socket or program can be opened, not even by code that a picture smuggles in.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

MEMORY = 3 * 1024**3
SECONDS = 20

# The calls that stay, by number for x86-64 and for aarch64 (Linux, include/uapi/asm*/unistd*.h).
_ALLOWED = {
    "x86_64": (
        0xC000003E,
        "read 0 write 1 close 3 fstat 5 poll 7 lseek 8 mmap 9 mprotect 10 munmap 11 brk 12 "
        "rt_sigaction 13 rt_sigprocmask 14 rt_sigreturn 15 readv 19 writev 20 sched_yield 24 "
        "mremap 25 madvise 28 nanosleep 35 getpid 39 clone 56 exit 60 gettimeofday 96 "
        "getrusage 98 sysinfo 99 times 100 sigaltstack 131 prctl 157 gettid 186 futex 202 "
        "sched_setaffinity 203 sched_getaffinity 204 restart_syscall 219 clock_gettime 228 "
        "clock_getres 229 clock_nanosleep 230 exit_group 231 tgkill 234 set_robust_list 273 "
        "ppoll 271 prlimit64 302 getcpu 309 getrandom 318 membarrier 324 rseq 334 clone3 435",
    ),
    "aarch64": (
        0xC00000B7,
        "read 63 write 64 close 57 fstat 80 ppoll 73 lseek 62 mmap 222 mprotect 226 munmap 215 "
        "brk 214 rt_sigaction 134 rt_sigprocmask 135 rt_sigreturn 139 readv 65 writev 66 "
        "sched_yield 124 mremap 216 madvise 233 nanosleep 101 getpid 172 clone 220 exit 93 "
        "gettimeofday 169 getrusage 165 sysinfo 179 times 153 sigaltstack 132 prctl 167 "
        "gettid 178 futex 98 sched_setaffinity 122 sched_getaffinity 123 restart_syscall 128 "
        "clock_gettime 113 clock_getres 114 clock_nanosleep 115 exit_group 94 tgkill 131 "
        "set_robust_list 99 prlimit64 261 getcpu 168 getrandom 278 membarrier 283 rseq 293 "
        "clone3 435",
    ),
}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _KILL, _NO_SUCH_CALL = 0x7FFF0000, 0x80000000, 0x00050000 | 38
_SET_DUMPABLE, _SET_SECCOMP, _SET_NO_NEW_PRIVILEGES = 4, 22, 38


def confine(seconds: int = SECONDS) -> tuple[str, ...]:
    """Give up what can be given up here; the answer names what now holds."""
    if sys.platform != "linux":
        return ()
    held = [*_limits(seconds)]
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        held.append("no new privileges")
        if _filter(libc):
            held.append("no files, no network, no other programs")
    return tuple(held)


def _limits(seconds: int) -> list[str]:
    import resource

    limits = {
        f"at most {MEMORY // 1024**3} GiB of memory": (resource.RLIMIT_AS, MEMORY),
        f"at most {seconds} seconds of computing": (resource.RLIMIT_CPU, seconds),
        "nothing written to disk": (resource.RLIMIT_FSIZE, 0),
        "nothing new opened": (resource.RLIMIT_NOFILE, 0),
        "no core dumps": (resource.RLIMIT_CORE, 0),
    }
    for kind, most in limits.values():
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(kind, (most, most))
    return list(limits)


def _filter(libc: ctypes.CDLL) -> bool:
    """A classic BPF program for seccomp(2): the right machine, an allowed call, or "no such
    call", which the C library knows how to live with."""
    if platform.machine() not in _ALLOWED:
        return False
    machine, table = _ALLOWED[platform.machine()]
    numbers = [int(word) for word in table.split()[1::2]]
    program = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, machine), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    for at, number in enumerate(numbers):
        program.append((_EQUAL, len(numbers) - at, 0, number))
    program += [(_RETURN, 0, 0, _NO_SUCH_CALL), (_RETURN, 0, 0, _ALLOW)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in program))
    header = ctypes.create_string_buffer(struct.pack("HP", len(program), ctypes.addressof(code)))
    return bool(libc.prctl(_SET_SECCOMP, 2, header, 0, 0) == 0)
