"""The pages of signing in, of one's own account and work, and of people and organisations."""
