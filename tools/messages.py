#!/usr/bin/env python3
"""Keep the one translation catalogue: extract, list what is missing, add, check, compile.

Lives here: everything that reads or writes `src/rembuk/locale/id/LC_MESSAGES/django.po`. Needs neither a
database nor complete settings: Python and templates are read as text (templates by Django's `templatize`),
`xgettext` (Debian package gettext) collects, polib writes. Not here: the words themselves.

    tools/messages.py missing src/rembuk/web/proposals   JSON of what has no translation, ready to fill in
    tools/messages.py add filled.json                    {"msgid": "msgstr"}, plural: {"msgid": ["form"]}
    tools/messages.py check                              exit 1 when one is missing, fuzzy, obsolete, unequal
    tools/messages.py prune                              drop entries whose text is no longer in the source
    tools/messages.py compile                            write the .mo the site reads

A key with a context is written "context\\u0004msgid" (the separator of gettext itself). Every write happens
under a lock on the catalogue's directory, so several people may run it at once.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings

if not settings.configured:
    settings.configure(USE_I18N=True)

from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "rembuk"
CATALOGUE = SOURCE / "locale" / "id" / "LC_MESSAGES" / "django.po"
SEPARATOR = "\u0004"
KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)
HEADER = {
    "Project-Id-Version": "rembuk",
    "Language": "id",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif](?!\w)|\{\w*\}|</?[a-z][a-z0-9]*", re.IGNORECASE)


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """Hold the lock on the catalogue's directory; leaves no lock file behind."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(CATALOGUE.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def source_files() -> list[Path]:
    """Return the Python files and templates with texts, in a stable order."""
    found = [p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts]
    for suffix in ("*.html", "*.txt", "*.xml", "*.svg"):
        found += [p for p in SOURCE.rglob(suffix) if "templates" in p.parts]
    return sorted(found)


def extract() -> tuple[polib.POFile, list[str]]:
    """Collect every marked text of the source; the list holds the files that could not be read, with why."""
    broken: list[str] = []
    with tempfile.TemporaryDirectory() as work:
        names = []
        for path in source_files():
            relative = path.relative_to(ROOT).as_posix()
            target = Path(work, relative if path.suffix == ".py" else relative + ".py")
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                if path.suffix == ".py":
                    shutil.copyfile(path, target)
                else:
                    target.write_text(templatize(path.read_text("utf-8"), origin=relative), "utf-8")
            except Exception as error:
                broken.append(f"{relative}: {error}")
                continue
            names.append(target.relative_to(work).as_posix())
        Path(work, "files").write_text("\n".join(names), "utf-8")
        command = ["xgettext", "-f", "files", "-o", "out.pot", "--language=Python", "--from-code=UTF-8"]
        command += ["--add-comments=Translators", "--add-location=file", "--force-po", "--sort-by-file"]
        command += [f"--keyword={word}" for word in KEYWORDS]
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"xgettext failed:\n{done.stderr}")
        pot = polib.pofile(
            Path(work, "out.pot").read_text("utf-8").replace("charset=CHARSET", "charset=UTF-8")
        )
    for entry in pot:
        places = {re.sub(r"\.(html|txt|xml|svg)\.py$", r".\1", name) for name, _ in entry.occurrences}
        entry.occurrences = [(name, "") for name in sorted(places)]
    return pot, broken


def key_of(entry: polib.POEntry) -> str:
    """Return the identity of an entry: context and singular text."""
    return f"{entry.msgctxt}{SEPARATOR}{entry.msgid}" if entry.msgctxt else entry.msgid


def read() -> polib.POFile:
    """Open the catalogue, or an empty one with the right header."""
    book = polib.pofile(str(CATALOGUE), wrapwidth=108) if CATALOGUE.exists() else polib.POFile(wrapwidth=108)
    book.metadata = dict(HEADER)
    return book


def write(book: polib.POFile) -> None:
    """Store the catalogue in one move, sorted by place and text, so that differences stay small."""
    book.sort(key=lambda e: (e.obsolete, e.occurrences[0][0] if e.occurrences else "", key_of(e)))
    part = CATALOGUE.with_suffix(".part")
    part.write_text(f"{book}\n", "utf-8")
    part.replace(CATALOGUE)


def merged(book: polib.POFile, pot: polib.POFile) -> polib.POFile:
    """Bring the extracted texts into the catalogue; those that are gone become obsolete."""
    known = {key_of(e): e for e in book}
    wanted = {key_of(e): e for e in pot}
    for key, fresh in wanted.items():
        entry = known.get(key)
        if entry is None:
            book.append(fresh)
            continue
        if bool(entry.msgid_plural) != bool(fresh.msgid_plural):
            entry.msgstr, entry.msgstr_plural = "", {}
        entry.msgid_plural, entry.occurrences = fresh.msgid_plural, fresh.occurrences
        entry.comment, entry.flags, entry.obsolete = fresh.comment, fresh.flags, False
    for key, entry in known.items():
        if key not in wanted:
            entry.obsolete, entry.occurrences = True, []
    for entry in book:
        if entry.msgid_plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: ""}
    return book


def forms_of(entry: polib.POEntry) -> list[str]:
    """Return the translated forms of an entry."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def is_missing(entry: polib.POEntry) -> bool:
    """Tell whether the text has no usable translation yet."""
    return not entry.obsolete and (entry.fuzzy or not all(forms_of(entry)) or not forms_of(entry))


def inequality(entry: polib.POEntry, forms: list[str]) -> str:
    """Say how the placeholders and markup of a translation differ from the source, or return nothing."""
    wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    for form in forms:
        if form and sorted(PLACEHOLDER.findall(form)) != wanted:
            return f"{key_of(entry)!r}: {form!r} must hold exactly {wanted}"
    return ""


def refresh() -> polib.POFile:
    """Extract and store; the caller holds the lock."""
    pot, broken = extract()
    for line in broken:
        print(f"skipped {line}", file=sys.stderr)
    book = merged(read(), pot)
    write(book)
    return book


def missing(paths: list[str]) -> int:
    """Print the untranslated texts of the given paths as JSON that `add` takes back."""
    with locked():
        book = refresh()
    prefixes = [Path(p).resolve().relative_to(ROOT).as_posix() for p in paths]
    result: dict[str, str | list[str]] = {}
    for entry in book:
        places = [name for name, _ in entry.occurrences]
        here = not prefixes or any(n == p or n.startswith(p + "/") for n in places for p in prefixes)
        if here and is_missing(entry):
            result[key_of(entry)] = [""] if entry.msgid_plural else ""
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


def add(file: str) -> int:
    """Store translations; those with unknown texts or unequal placeholders are named and left out."""
    given: dict[str, str | list[str]] = json.loads(Path(file).read_text("utf-8"))
    faults: list[str] = []
    with locked():
        book = refresh()
        known = {key_of(e): e for e in book if not e.obsolete}
        for key, value in given.items():
            entry = known.get(key)
            forms = [value] if isinstance(value, str) else list(value)
            if entry is None:
                faults.append(f"{key!r}: not in the source")
            elif len(forms) != 1 or not forms[0]:
                faults.append(f"{key!r}: exactly one form is needed")
            elif fault := inequality(entry, forms):
                faults.append(fault)
            elif entry.msgid_plural:
                entry.msgstr_plural = {0: forms[0]}
            else:
                entry.msgstr = forms[0]
        write(book)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"added={len(given) - len(faults)} refused={len(faults)}")
    return 1 if faults else 0


def check() -> int:
    """Compare the source with the catalogue without touching it."""
    pot, faults = extract()
    book = merged(read(), pot)
    for entry in book:
        if entry.obsolete:
            faults.append(f"obsolete: {key_of(entry)!r}")
        elif is_missing(entry):
            faults.append(f"missing: {key_of(entry)!r} in {', '.join(n for n, _ in entry.occurrences)}")
        elif fault := inequality(entry, forms_of(entry)):
            faults.append(f"unequal: {fault}")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(pot)} texts, {len(faults)} faults")
    return 1 if faults else 0


def prune() -> int:
    """Drop what is no longer in the source."""
    with locked():
        book = refresh()
        gone = [e for e in book if e.obsolete]
        for entry in gone:
            book.remove(entry)
        write(book)
    print(f"removed={len(gone)}")
    return 0


def compile_catalogue() -> int:
    """Write the binary catalogue beside the text; entries without translation show the source text."""
    target = CATALOGUE.with_suffix(".mo")
    part = target.with_suffix(f".{os.getpid()}.part")
    read().save_as_mofile(str(part))
    part.replace(target)
    return 0


def main() -> int:
    """Read the command line and run one subcommand."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("missing", help="print untranslated texts as JSON").add_argument("paths", nargs="*")
    commands.add_parser("add", help="store translations from a JSON file").add_argument("file")
    commands.add_parser("check", help="exit 1 when the catalogue is not complete and right")
    commands.add_parser("prune", help="drop entries that are no longer in the source")
    commands.add_parser("compile", help="write the binary catalogue")
    given = parser.parse_args()
    if given.command == "missing":
        return missing(given.paths)
    if given.command == "add":
        return add(given.file)
    return {"check": check, "prune": prune, "compile": compile_catalogue}[given.command]()


if __name__ == "__main__":
    sys.exit(main())
