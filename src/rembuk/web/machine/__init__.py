"""Pages for machines: alive, ready, and figures for Prometheus. No words for people, no personal data."""
