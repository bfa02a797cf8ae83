"""How well pasted legal texts are read, and how well parts are carried to a new version.

Needs nothing but the code: `.venv/bin/python bench/draft_text.py`. Texts and what stands in them, counted by eye:
tests/consultations/drafts/laws. Figures and what fails: docs/decisions/0040-reading-legal-texts.md.
"""

import os
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
os.environ.setdefault("REMBUK_LOG_LEVEL", "ERROR")
TEXTS, EDITS_EACH = 400, (1, 3, 6, 12)


def laws() -> None:
    """Print the share of numbered parts in the right place for each text, and name what fails."""
    from tests.consultations.drafts import legal_texts

    scores = {name: legal_texts.score(name) for name in legal_texts.NAMES}
    for name, score in scores.items():
        print(f"{name:36} {score.right:4} of {score.expected:4}  {score.share:6.1%}")
        for label in score.missing:
            print(f"    not found: {label}")
        for label in score.extra:
            print(f"    found, but not there: {label}")
    right, expected = (sum(getattr(s, part) for s in scores.values()) for part in ("right", "expected"))
    print(f"{'all':36} {right:4} of {expected:4}  {right / expected:6.1%}")


def anchors() -> None:
    """Print how many parts keep the right identity after random edits of texts of 12 articles."""
    from tests.consultations.drafts import edits

    print("\nedits  parts  right   doubtful  wrong without doubt")
    for count in EDITS_EACH:
        standing = right = doubtful = wrong = 0
        for seed in range(TEXTS):
            chance = random.Random(seed)
            old = edits.text(seed, 12)
            acts = [(chance.choice(edits.EDITS), chance.getrandbits(32)) for _turn in range(count)]
            new = edits.edited(old, acts)
            for marked, match in zip(new, edits.matched(old, new), strict=True):
                carried = old[match.old].mark if match.old is not None else None
                standing += marked.mark < len(old)
                right += carried == marked.mark
                doubtful += match.is_doubtful
                wrong += carried is not None and carried != marked.mark and not match.is_doubtful
        shares = f"{right / standing:6.1%}  {doubtful / standing:8.1%}  {wrong / standing:6.2%}"
        print(f"{count:5}  {standing:5}  {shares}")


if __name__ == "__main__":
    import django

    django.setup()
    laws()
    anchors()
