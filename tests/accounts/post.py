"""The worker's part in tests about accounts: letters that wait are written and read here."""

import re

from django.core import mail
from django.core.mail import EmailMessage
from procrastinate.contrib.django.models import ProcrastinateJob

from rembuk.accounts.letters import jobs

TASKS = {
    "accounts.send_letter": jobs.send_letter,
    "accounts.answer_reset_request": jobs.answer_reset_request,
}


def waiting() -> list[tuple[str, str]]:
    """What waits in the queue: kind of letter (or of job) and address."""
    jobs = ProcrastinateJob.objects.filter(task_name__in=TASKS, status="todo").order_by("id")
    return [(job.args.get("kind", job.task_name), job.args["email"]) for job in jobs]


def letters() -> list[EmailMessage]:
    """Let the worker write what waits now; returns the new letters."""
    before = len(mail.outbox)
    for job in list(ProcrastinateJob.objects.filter(task_name__in=TASKS, status="todo").order_by("id")):
        TASKS[job.task_name].func(**job.args)
        ProcrastinateJob.objects.filter(pk=job.pk).delete()
    return mail.outbox[before:]


def link_in(letter: EmailMessage) -> str:
    """The path of the first link of a letter."""
    found = re.search(r"https?://[^/\s]+(/\S*)", str(letter.body))
    assert found is not None, letter.body
    return found[1]
