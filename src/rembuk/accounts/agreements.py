"""What a person agrees to: the version of the optional consents' wording.

The privacy notice has its own versions in ``siteconfig``. Raise the number when the words of
``Consent.Purpose`` change, so that each consent tells which words it was given to.
"""

CONSENT_VERSION = 1
