"""Forms of registration and sign-in."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm


class SignupForm(AllauthSignupForm):
    """Registration."""


class LoginForm(AllauthLoginForm):
    """Sign-in."""
