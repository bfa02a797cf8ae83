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
SECOND_FACTOR_ON = "second_factor_on"
SECOND_FACTOR_OFF = "second_factor_off"
SECOND_FACTOR_RESET = "second_factor_reset"
RECOVERY_CODE_USED = "recovery_code_used"
RECOVERY_CODES_MADE = "recovery_codes_made"
SECOND_FACTOR = frozenset(
    {SECOND_FACTOR_ON, SECOND_FACTOR_OFF, SECOND_FACTOR_RESET, RECOVERY_CODE_USED, RECOVERY_CODES_MADE}
)
SUSPENDED = "suspended"
REINSTATED = "reinstated"
WITHOUT_LINK = SECOND_FACTOR | {DELETED, PASSWORD_CHANGED, ADDRESS_CHANGED, SUSPENDED, REINSTATED}
"""Letters that only tell what happened."""

_NOT_YOU_AT_ALL = _(
    "If this was not you, somebody knows your password: choose a new one at once (%(forgotten)s) and write to us: %(contact)s"
)

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
    SECOND_FACTOR_ON: LetterText(
        subject=_("Signing in to %(site)s now asks for a code"),
        body=_(
            "A second factor was set up for your account: besides the password, signing in asks for a code of the app "
            "on your phone. All other devices were signed out, and recovery codes were made."
        ),
        after=(_("Keep the recovery codes apart from your phone."), _NOT_YOU_AT_ALL),
    ),
    SECOND_FACTOR_OFF: LetterText(
        subject=_("Signing in to %(site)s no longer asks for a code"),
        body=_("The second factor of your account was turned off. Your password alone is enough to sign in."),
        after=(_NOT_YOU_AT_ALL,),
    ),
    SECOND_FACTOR_RESET: LetterText(
        subject=_("Your second factor at %(site)s was taken away"),
        body=_(
            "An administrator took the second factor of your account away, since it was said to be lost. You are signed "
            "out everywhere. Sign in with your password and set the app up again."
        ),
        after=(_("If you did not ask for this, write to us at once: %(contact)s"),),
    ),
    RECOVERY_CODE_USED: LetterText(
        subject=_("A recovery code for %(site)s was used"),
        body=_(
            "Somebody, most likely you, signed in to your account with your password and a recovery code."
        ),
        after=(_("Each code works once. Make new ones in the settings of your account."), _NOT_YOU_AT_ALL),
    ),
    RECOVERY_CODES_MADE: LetterText(
        subject=_("New recovery codes for %(site)s"),
        body=_("New recovery codes were made for your account. The earlier ones no longer work."),
        after=(_NOT_YOU_AT_ALL,),
    ),
    SUSPENDED: LetterText(
        subject=_("Your account at %(site)s is suspended"),
        body=_(
            "%(office)s has suspended your account and ended its sessions. Why, and until when, you read when you try to "
            "sign in: it stands in no letter, since others might read that."
        ),
        after=(_("If you think that this is wrong, write to us: %(contact)s"),),
    ),
    REINSTATED: LetterText(
        subject=_("Your account at %(site)s is open again"),
        body=_("The suspension of your account was lifted. You can sign in again with your password."),
        after=(_("Have you forgotten your password? Choose a new one here: %(forgotten)s"),),
    ),
}
