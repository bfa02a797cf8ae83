"""Every command explains itself without touching a database."""

import pytest

from rembuk.ops.commandline import COMMANDS
from tests.commands.support import rembuk

pytestmark = pytest.mark.commands


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "manage"])
def test_command_has_help_and_starts_nothing(place, name):
    answer = rembuk(name, "--help", var=place / "var")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "usage: " in answer.stdout
    assert not (place / "var" / "postgres").exists()


def test_unknown_command_is_refused_with_the_list(place):
    answer = rembuk("demmo", var=place / "var")
    assert answer.returncode == 2
    assert "There is no command demmo." in answer.stderr
    assert "import-proposals" in answer.stderr
