"""Likeness of what people say: stems, trigrams, paraphrases. Pure: no models."""
