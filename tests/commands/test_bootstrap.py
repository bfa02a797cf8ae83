"""The script `rembuk` on strange machines: old Pythons, no uv, a broken uv, two starts at once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rembuk.runtime import env
from tests.commands.support import environment

pytestmark = pytest.mark.commands
MAIN = "import sys, polib; print(sys.version_info >= (3, 12), sys.prefix, sys.argv[1:])"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with one small requirement and a hand-over that tells where it runs."""
    shutil.copy2(env.ROOT / "rembuk", tmp_path / "rembuk")
    (tmp_path / "requirements").mkdir()
    lines = (env.ROOT / "requirements" / "run.txt").read_text().replace("\\\n", "\\\0").split("\n")
    polib = [line.replace("\\\0", "\\\n") for line in lines if line.startswith("polib==")]
    for name in ("run.txt", "test.txt"):
        (tmp_path / "requirements" / name).write_text("\n".join(polib) + "\n")
    shutil.copy2(env.ROOT / "requirements" / "uv.txt", tmp_path / "requirements" / "uv.txt")
    package = tmp_path / "src" / "rembuk" / "ops"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(MAIN)
    return tmp_path


def run(clone: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, clone / "rembuk", *arguments],
        env={**environment(clone / "var"), **more},
        capture_output=True,
        text=True,
        check=False,
    )


def fake_uv(clone: Path, answer: str) -> str:
    folder = clone / "bin"
    folder.mkdir()
    (folder / "uv").write_text(f"#!/bin/sh\necho called >> {clone}/calls\n{answer}\n")
    (folder / "uv").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def test_first_start_prepares_and_hands_over_the_arguments(clone):
    answer = run(clone, "demo", "--port", "1")
    assert answer.stdout == f"True {clone}/.venv ['demo', '--port', '1']\n"


def test_second_start_prepares_nothing(clone):
    run(clone, "demo")
    assert "Preparing" not in run(clone, "demo").stderr


def test_changed_requirements_are_prepared_again(clone):
    run(clone, "demo")
    with (clone / "requirements" / "run.txt").open("a") as requirements:
        requirements.write("# a change\n")
    assert "Preparing" in run(clone, "demo").stderr


def test_interrupted_preparation_starts_afresh(clone):
    run(clone, "demo")
    (clone / ".venv" / "rembuk.stamp").unlink()
    shutil.rmtree(clone / ".venv" / "lib")
    assert run(clone, "demo").returncode == 0


def test_uv_that_fails_is_replaced_by_pip(clone):
    path = fake_uv(clone, '[ "$1" = --version ] && echo "uv 9.9" || exit 3')
    answer = run(clone, "demo", PATH=path)
    assert (answer.returncode, answer.stdout[:4]) == (0, "True"), answer.stderr


def test_starts_at_once_make_one_environment(clone):
    command = [sys.executable, str(clone / "rembuk"), "demo"]
    starts = [
        subprocess.Popen(
            command, env=environment(clone / "var"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(6)
    ]
    errors = [each.communicate()[1] for each in starts]
    assert [each.returncode for each in starts] == [0] * 6, errors
    assert sum(b"Preparing" in error for error in errors) == 1


def test_package_that_differs_from_its_hash_is_refused(clone):
    path = clone / "requirements" / "run.txt"
    path.write_text(
        path.read_text().replace("sha256:", "sha256:00")[:200].split("\\")[0]
        + "--hash=sha256:"
        + "0" * 64
        + "\n"
    )
    answer = run(clone, "demo")
    assert answer.returncode == 1
    assert not (clone / ".venv" / "rembuk.stamp").exists()


def test_script_parses_on_old_pythons():
    import ast

    ast.parse((env.ROOT / "rembuk").read_text(), feature_version=(3, 6))
