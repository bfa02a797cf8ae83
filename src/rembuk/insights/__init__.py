"""Figures read across domains: heard, considered, explained; queues, response times. Never changes anything."""
