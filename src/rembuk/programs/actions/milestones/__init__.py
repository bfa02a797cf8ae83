"""Acts on milestones: the plan of them (``plan``), their course (``course``), their evidence (``evidence``)."""
