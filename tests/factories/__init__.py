"""Invented people and things, one file a room."""
