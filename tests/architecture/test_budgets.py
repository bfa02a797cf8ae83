"""The budgets of ARCHITECTURE section 5: short files, short functions, short templates, folders one can survey."""

import ast
from collections.abc import Iterable
from pathlib import Path

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


def _name(path: Path) -> str:
    return str(path.relative_to(SRC))


def _longer(paths: Iterable[Path], most: int) -> dict[str, int]:
    lines = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return {name: count for name, count in lines.items() if count > most}


def test_files_are_short() -> None:
    assert _longer(SOURCES, FILE) == {}


def test_functions_are_short() -> None:
    views = [
        path for path in SOURCES if path.name.startswith(("public", "desk", "views")) and "web" in path.parts
    ]
    long = [
        f"{_name(path)}: {name} has {lines} lines"
        for path in SOURCES
        for name, lines in _functions(path)
        if lines > (VIEW if path in views else FUNCTION)
    ]
    assert long == []


def test_templates_are_short() -> None:
    fragments = [path for path in TEMPLATES if path.name.startswith("_")]
    pages = [path for path in TEMPLATES if not path.name.startswith("_")]
    assert _longer(fragments, FRAGMENT) | _longer(pages, TEMPLATE) == {}


def _most_files(folder: Path) -> int:
    return DOMAIN_FOLDER if folder.relative_to(SRC).parts[:1] in [(name,) for name in DOMAINS] else FOLDER


def test_folders_are_small() -> None:
    folders = {path.parent for path in SOURCES}
    crowded = {
        str(folder.relative_to(SRC)): count
        for folder in folders
        if (count := sum(1 for path in folder.glob("*.py") if path.name != "__init__.py"))
        > _most_files(folder)
        and folder not in {SRC / "ops" / "management" / "commands"}
    }
    assert crowded == {}
