"""Two browsers register one address at the same moment: one account, and nobody sees an error."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from rembuk.accounts.actions.registration import Application, register
from rembuk.accounts.models import Person

RUNS = 6


@pytest.mark.django_db(transaction=True)
def test_register_at_the_same_moment_makes_one_account() -> None:
    start = Barrier(RUNS)

    def run(number: int) -> bool:
        application = Application(
            name=f"Sari {number}",
            email="sari@contoh.id",
            password="kata sandi panjang",
            language="id",
            privacy_version=1,
        )
        try:
            start.wait()
            return register(application) is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(RUNS) as pool:
        made = list(pool.map(run, range(RUNS)))
    assert made.count(True) == 1
    assert Person.objects.filter(email="sari@contoh.id").count() == 1
