"""`./rembuk test` uses every processor, unless somebody says otherwise."""

import pytest

from rembuk.ops.launch.suite import processes

SPREAD = ["-n", "logical", "--dist", "loadgroup"]


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "tests/access tests/web",
        "tests/ops tests/ops/test_suite.py",
        "tests --cov --cov-config=x.ini",
        "--no-header -x",
        "-m nightly",
        "--durations=5",
    ],
)
def test_suite_is_spread_over_the_processors(arguments: str) -> None:
    assert processes(arguments.split()) == SPREAD


@pytest.mark.parametrize(
    "arguments",
    ["-n 0", "-n4", "--numprocesses=2", "--dist=no", "--pdb", "-sv", "--capture=no", "--co", "--collect-only", "--version",
     "tests/ops/test_suite.py", "tests/ops/test_suite.py::test_x tests/access/test_rights.py"],
)  # fmt: skip
def test_suite_stays_in_one_process_where_somebody_decides_or_it_is_short(arguments: str) -> None:
    assert processes(arguments.split()) == []
