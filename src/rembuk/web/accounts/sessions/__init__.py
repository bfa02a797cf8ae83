"""The limits of a session, asked at each request, and forms that were sent after the end."""
