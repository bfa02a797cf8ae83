"""Loaded by pytest before Django is set up: starts the suite's server and points the settings at it."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from tests import database

SERVER = database.start_test_server()
os.environ["REMBUK_ENV"] = "test"
os.environ["DATABASE_URL"] = SERVER.app_url
os.environ["REMBUK_OWNER_URL"] = SERVER.owner_url
