"""What the public page of a programme shows of its layers; each is absent while its office has not added it."""
