"""Administrative regions of Indonesia: provinsi, kabupaten / kota, kecamatan, desa / kelurahan.

The shipped list (``data/``), its loading, and look-ups by code and by name. Work units are not here.
Start with ``selectors.py``.
"""
