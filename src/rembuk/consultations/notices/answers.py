"""What authors are told of the answers to their submissions, and the digest of followers."""
