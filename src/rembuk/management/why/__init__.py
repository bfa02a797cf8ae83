"""Looking up why a person may or may not do something: whom and what one may ask about, and that it was asked."""
