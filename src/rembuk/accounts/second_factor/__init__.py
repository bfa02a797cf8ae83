"""The second factor of a sign-in: codes of an app (TOTP, RFC 6238) and recovery codes for a lost phone.

django-allauth's MFA carries the step of the sign-in and the row of the secret; what a code is worth is decided here.
"""
