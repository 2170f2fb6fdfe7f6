"""The pages of documents and publication, and the public pages of an inspection."""
