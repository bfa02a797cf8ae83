"""Staff pages of the text: pasting, mending the tree, matching and publishing versions."""
