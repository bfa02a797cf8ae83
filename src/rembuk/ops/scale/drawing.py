"""Chance that is the same each time, skewed as real data are: a few busy things and a long tail."""

import random
from bisect import bisect_left
from datetime import datetime, timedelta
from itertools import accumulate

SEED = 20261127


class Draw(random.Random):
    """Chance with the shapes that sites have."""

    def shares(self, parts: int, total: int, *, steepness: float = 1.1) -> list[int]:
        """Divide ``total`` among ``parts`` by Zipf's law in a random order; the sum is exact."""
        weights = [1 / (rank + 3) ** steepness for rank in range(parts)]
        scale = total / sum(weights)
        counts = [int(weight * scale) for weight in weights]
        for rank in range(total - sum(counts)):
            counts[rank % parts] += 1
        self.shuffle(counts)
        return counts

    def weighted(self, choices: list[tuple[str, int]]) -> str:
        """One of the words by its weight."""
        bounds = list(accumulate(weight for _word, weight in choices))
        return choices[bisect_left(bounds, self.uniform(0, bounds[-1]))][0]

    def between(self, first: datetime, last: datetime) -> datetime:
        """An instant between two, to the second."""
        seconds = max(0, int((last - first).total_seconds()))
        return first + timedelta(seconds=self.randrange(seconds + 1))
