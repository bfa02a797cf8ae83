"""Clients in threads, side by side until they are told to end."""

import threading
from abc import ABC, abstractmethod


class Clients(ABC):
    """So many threads; each does what ``_go_on`` says until ``_stopping`` is set."""

    def __init__(self, name: str, count: int) -> None:
        self._count, self._stopping = count, threading.Event()
        self._threads = [
            threading.Thread(target=self._go_on, args=(number,), name=f"{name} {number}", daemon=True)
            for number in range(count)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End each after the answer it waits for."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    @abstractmethod
    def _go_on(self, number: int) -> None:
        """What the client with this number does."""
