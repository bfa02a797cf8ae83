"""Pages of the area «exports»: files too large to wait for."""
