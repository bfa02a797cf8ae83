"""Actions of ``engagement``: subjects and cases for the domains above, votes, comments, follows, reports for people."""
