"""`./rembuk mutants`: puts each fault of the list into a copy, says which the suite found, ends with 1 if it missed one."""

import argparse
import os
import sys
from pathlib import Path

from tools.mutants import faults, running, trees
from tools.mutants.faults import Fault
from tools.mutants.results import Result, Results


def main(arguments: list[str] | None = None) -> int:
    """Ask for all faults, or for those named; 0 when each was found, 1 when one was missed, 2 when the list is wrong."""
    options = _parse(arguments)
    try:
        listed = faults.listed()
        chosen = _chosen(listed, options.names)
    except faults.WrongFault as wrong:
        return _stop(str(wrong))
    if wrong := faults.misfits(chosen):
        return _stop("\n".join(wrong))
    if options.list:
        print("\n".join(f"{fault.area:16} {fault.name:48} {fault.file}" for fault in chosen))
        return 0
    folder = Path(options.folder).resolve()
    results = Results(folder / "results.jsonl", trees.fingerprint())
    copies = [trees.prepare(folder / f"tree{number}") for number in range(options.workers)]
    if not options.trust:
        first = running.clean(copies[0], chosen, results)
        if first.outcome == "broken":
            return _stop(f"Without a fault the tests do not pass: {first.detail}")
    return _tell(chosen, copies, results)


def _tell(chosen: list[Fault], copies: list[Path], results: Results) -> int:
    width = max(len(fault.name) for fault in chosen)
    told: list[Result] = []
    for fault, result in zip(chosen, running.each(copies, chosen, results), strict=True):
        told.append(result)
        print(f"{result.outcome:7} {fault.area:15} {fault.name:{width}} {result.seconds:6.1f} s", flush=True)
        if result.outcome != "found":
            print(f"        {result.detail}", flush=True)
    count = {
        outcome: sum(result.outcome == outcome for result in told)
        for outcome in ("found", "missed", "broken")
    }
    print(f"{len(told)} faults: {count['found']} found, {count['missed']} missed, {count['broken']} broken.")
    return 0 if count["found"] == len(told) else 1


def _chosen(listed: list[Fault], names: list[str]) -> list[Fault]:
    known = {fault.name for fault in listed} | {fault.area for fault in listed}
    if unknown := set(names) - known:
        raise faults.WrongFault(f"There is no fault or area {', '.join(sorted(unknown))}.")
    return [fault for fault in listed if not names or fault.name in names or fault.area in names]


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./rembuk mutants",
        description="Put small faults into a copy of the project, one at a time, and see whether the suite notices each. "
        "Goes on where a stopped run stood; a changed project is asked anew.",
    )
    parser.add_argument("names", nargs="*", help="faults or areas (default: all)")
    parser.add_argument("--list", action="store_true", help="only list them")
    parser.add_argument("--workers", type=int, default=2, help="how many at once (default: 2)")
    parser.add_argument("--trust", action="store_true", help="the tests are known to pass without a fault")
    parser.add_argument("--folder", default=os.environ.get("REMBUK_MUTANTS") or faults.ROOT / "var" / "mutants",
                        help="where copies and results lie (default: var/mutants)")  # fmt: skip
    return parser.parse_args(arguments)


def _stop(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
