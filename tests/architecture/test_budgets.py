"""The budgets of ARCHITECTURE section 5: short files, short functions, short templates, folders one can survey."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "rembuk"
SOURCES = [path for path in SRC.rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list((SRC / "web" / "templates").rglob("*.html"))
FILE, FUNCTION, VIEW, TEMPLATE, FRAGMENT = 400, 40, 25, 120, 40
# A domain's root holds its ten shape modules besides what is its own (docs/decisions/0008).
FOLDER, DOMAIN_FOLDER = 12, 15
DOMAINS = ("accounts", "consultations", "engagement", "programs", "proposals")


def _functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            first = node.body[0]
            has_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            start = (first.end_lineno or node.lineno) if has_doc else node.lineno
            found.append((node.name, (node.end_lineno or node.lineno) - start))
    return found


def _names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(SRC)) for path in paths]


@pytest.mark.parametrize("path", SOURCES, ids=_names(SOURCES))
def test_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE


@pytest.mark.parametrize("path", SOURCES, ids=_names(SOURCES))
def test_functions_are_short(path: Path) -> None:
    most = VIEW if path.name.startswith(("public", "desk", "views")) and "web" in path.parts else FUNCTION
    assert [(name, lines) for name, lines in _functions(path) if lines > most] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_names(TEMPLATES))
def test_template_is_short(path: Path) -> None:
    most = FRAGMENT if path.name.startswith("_") else TEMPLATE
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most


def _most_files(folder: Path) -> int:
    return (
        DOMAIN_FOLDER
        if folder.relative_to(SRC).parts[:1] and folder.relative_to(SRC).parts[0] in DOMAINS
        else FOLDER
    )


def test_folder_is_small() -> None:
    folders = {path.parent for path in SOURCES}
    crowded = {
        str(folder.relative_to(SRC)): count
        for folder in folders
        if (count := sum(1 for path in folder.glob("*.py") if path.name != "__init__.py"))
        > _most_files(folder)
        and folder not in {SRC / "ops" / "management" / "commands"}
    }
    assert crowded == {}
