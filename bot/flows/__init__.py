"""One file a conversation, and nothing but the conversation."""
