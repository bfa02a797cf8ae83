"""Indonesian words: roots that the stemmer of search misses, and the forms a root may take."""
