"""Staff pages: making, announcing, asking, extending, concluding."""
