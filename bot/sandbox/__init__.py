"""The sandbox: a local stand-in for the Bot API, with people to be and a clock to move."""
