"""An open home: decks, log, memory and settings joined."""
