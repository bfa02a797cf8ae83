"""Django's backend for PostgreSQL, whose pool lets few wait for a database that is away, and operations of migrations."""
