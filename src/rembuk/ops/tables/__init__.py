"""What PostgreSQL is told about tables after each migration: the rights of the application, and how they are kept."""
