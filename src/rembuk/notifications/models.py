"""Events, the inbox, preferences and deliveries. Persons are numbers here: this app knows no accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    """How often something is mailed."""

    INSTANTLY = "instantly", _("At once")
    DAILY = "daily", _("Once a day, in one letter")
    NEVER = "never", _("Not by email")


class DeliveryState(models.TextChoices):
    """Where a mail stands."""

    QUEUED = "queued", _("Waiting")
    HANDED_OVER = "handed_over", _("Being handed over")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Refused by the mail server")
    SKIPPED = "skipped", _("Not sent")


class Event(models.Model):
    """Something that happened once and is told to people; ``key`` makes a second telling impossible."""

    key = models.CharField(max_length=150, unique=True, db_collation="C")
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Notice(models.Model):
    """An event in one person's inbox."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="notices")
    person_id = models.BigIntegerField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person_id"], name="notice_once")]
        indexes = [
            models.Index(fields=["person_id", "-id"], name="notice_inbox"),
            models.Index(
                fields=["person_id"], name="notice_unread", condition=models.Q(read_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.person_id}"


class Preference(models.Model):
    """A person's own choice for a kind; without a row the kind's default holds."""

    person_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    frequency = models.CharField(max_length=9, choices=Frequency)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.frequency}"


class Delivery(models.Model):
    """The mail for one notice, alone or in a daily letter.

    ``is_doubtful``: it was handed over once without our learning the outcome; that may happen once only.
    """

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="delivery")
    person_id = models.BigIntegerField()
    frequency = models.CharField(max_length=9, choices=Frequency)
    state = models.CharField(max_length=11, choices=DeliveryState, default=DeliveryState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    is_doubtful = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["frequency", "due_at"],
                name="delivery_waiting",
                condition=models.Q(state__in=["queued", "handed_over"]),
            ),
            models.Index(fields=["person_id", "-id"], name="delivery_person"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.state}"


class Unreachable(models.Model):
    """A person whose mail server refused for good; ends when the address is changed or confirmed again."""

    person_id = models.BigIntegerField(primary_key=True)
    since = models.DateTimeField()
    problem = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.person_id)


class MailAllowance(models.Model):
    """Mails handed over in one hour; the number per hour is a setting of the instansi."""

    hour = models.DateTimeField(primary_key=True)
    used = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.used}"
