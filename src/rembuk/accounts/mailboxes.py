"""What a mail address tells by itself: whether its domain gives out throw-away mailboxes. No database here."""

from disposable_email_domains import blocklist


def is_throwaway(email: str) -> bool:
    """Whether the domain of an address, or one above it, is known for throw-away mailboxes."""
    labels = email.rpartition("@")[2].strip().lower().rstrip(".").split(".")
    return any(".".join(labels[start:]) in blocklist for start in range(len(labels) - 1))
