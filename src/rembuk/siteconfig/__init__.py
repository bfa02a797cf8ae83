"""Settings of the instansi and the texts of its information pages.

Typed values with defaults (``keys``), read through ``selectors.current()``, changed by audited ``actions``.
Below the domains, which read deadlines and moderation rules here. Environment variables are in
``runtime.env``.
"""
