"""Forms that are sent twice: the key in every form, what it means, and the answer to the second (decision 0069)."""
