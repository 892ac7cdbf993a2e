"""What learnt scores are made with: trees, hashed words, classes of characters."""
