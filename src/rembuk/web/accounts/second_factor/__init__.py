"""The second factor on pages: the step of the sign-in, setting it up, recovery codes, and who must have one."""
