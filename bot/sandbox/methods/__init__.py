"""The Bot API's methods, each a function from the world and a call to its answer."""
