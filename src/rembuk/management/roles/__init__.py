"""Roles as staff change them: what a role says and gives, whom a change affects, who may make it, and making it."""
