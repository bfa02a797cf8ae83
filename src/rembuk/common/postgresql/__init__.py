"""Django's backend for PostgreSQL, whose pool lets few wait for a database that is away; operations of migrations; refusals."""
