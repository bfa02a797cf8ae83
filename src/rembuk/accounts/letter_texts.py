"""The words of the letters about an account. Placeholders: ``site``, ``days``, ``sign_in``, ``forgotten``, ``office``.

How they are posted is in ``letters``; what they look like, in the mail templates of ``notifications``.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """Subject, a paragraph before the link, the link's words, and paragraphs after it."""

    subject: Words
    body: Words
    action: Words = ""
    after: tuple[Words, ...] = ()


_NOT_YOU = _("If this was not you, you need do nothing: nothing was changed.")

CONFIRM = "confirm"
KNOWN = "known"
WAITING = "waiting"
RESET = "reset"
INVITATION = "invitation"
PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of a letter
NEW_ADDRESS = "new_address"
ADDRESS_CHANGED = "address_changed"
DELETED = "deleted"

TEXTS: dict[str, LetterText] = {
    CONFIRM: LetterText(
        subject=_("Confirm your email address for %(site)s"),
        body=_(
            "You registered at %(site)s. One step is left: open this page and confirm your email address."
        ),
        action=_("Confirm my email address"),
        after=(
            _("The link works for %(days)s days."),
            _("If this was not you, you need do nothing: without confirmation the account is removed."),
        ),
    ),
    WAITING: LetterText(
        subject=_("Confirm your email address for %(site)s"),
        body=_(
            "Somebody, perhaps you, registered at %(site)s with this address once more. There is already an account "
            "for it that waits to be confirmed. The password given first still holds."
        ),
        action=_("Confirm my email address"),
        after=(_("Don't you know that password? Choose a new one here: %(forgotten)s"), _NOT_YOU),
    ),
    KNOWN: LetterText(
        subject=_("You already have an account at %(site)s"),
        body=_(
            "Somebody, perhaps you, tried to register at %(site)s with this address. You already have an account."
        ),
        action=_("Sign in"),
        after=(_("Have you forgotten your password? Choose a new one here: %(forgotten)s"), _NOT_YOU),
    ),
    RESET: LetterText(
        subject=_("Choose a new password for %(site)s"),
        body=_("Somebody, perhaps you, asked for a new password at %(site)s. Choose it on this page."),
        action=_("Choose a new password"),
        after=(_("The link works once, for %(days)s days."), _NOT_YOU),
    ),
    INVITATION: LetterText(
        subject=_("You are invited to work with %(site)s"),
        body=_("%(office)s has opened an account for you at %(site)s. Choose your password to begin."),
        action=_("Choose my password"),
        after=(
            _("The link works once, for %(days)s days. After that, ask for a new one here: %(forgotten)s"),
        ),
    ),
    PASSWORD_CHANGED: LetterText(
        subject=_("Your password at %(site)s was changed"),
        body=_("The password of your account was just changed, and all other devices were signed out."),
        after=(_("If this was not you, choose a new password at once: %(forgotten)s"),),
    ),
    NEW_ADDRESS: LetterText(
        subject=_("Confirm your new email address for %(site)s"),
        body=_("You want to use this email address for your account at %(site)s. Confirm it on this page."),
        action=_("Use this address"),
        after=(_("The link works for %(days)s days."), _NOT_YOU),
    ),
    ADDRESS_CHANGED: LetterText(
        subject=_("Your email address at %(site)s was changed"),
        body=_("Your account now has another email address. No more letters will come to this one."),
        after=(_("If this was not you, write to us at once, so that we can help: %(contact)s"),),
    ),
    DELETED: LetterText(
        subject=_("Your account at %(site)s was deleted"),
        body=_(
            "As you asked, your account was deleted. Your name and email address were removed, your votes on open "
            "ballots withdrawn. What you published stays under “Deleted account”."
        ),
        after=(_("This is the last letter to this address."),),
    ),
}
