"""What the tests stand on: scripted chats, doubles, factories."""
