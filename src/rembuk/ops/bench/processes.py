"""CPU and memory of a process with its children, as Linux counts them in ``/proc`` (man 5 proc)."""

import os
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_MB = 1024
_NANOSECONDS = 1e9


def tree(pid: int) -> set[int]:
    """The process and all that descend from it."""
    parents = {int(each.name): _parent(each) for each in _PROC.iterdir() if each.name.isdecimal()}
    found, edge = {pid}, {pid}
    while edge:
        edge = {child for child, parent in parents.items() if parent in edge} - found
        found |= edge
    return found


def cpu_seconds(pids: set[int]) -> float:
    """CPU that the processes have used so far, in seconds to the hundredth; what has ended counts nothing."""
    return sum(sum(map(int, fields[11:13])) for fields in map(_fields, pids) if fields) / _TICKS


def backend_seconds(pids: set[int]) -> float:
    """CPU that processes of one thread each have used so far, in seconds, as exactly as the scheduler knows it."""
    return sum(map(_scheduled, pids)) / _NANOSECONDS


def memory_mb(pids: set[int]) -> float:
    """Memory of the processes in MB; what they share is counted once (PSS)."""
    return sum(map(_proportional, pids)) / _MB


def _parent(folder: Path) -> int:
    fields = _fields(int(folder.name))
    return int(fields[1]) if fields else 0


def _fields(pid: int) -> list[str]:
    """What follows the name in ``stat``: state, parent, ... utime (11), stime (12)."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _scheduled(pid: int) -> int:
    """The first figure of ``schedstat`` (Documentation/scheduler/sched-stats.rst of the kernel)."""
    try:
        return int((_PROC / str(pid) / "schedstat").read_text().split()[0])
    except OSError:
        return 0


def _proportional(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
