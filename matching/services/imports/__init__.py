"""The participants file: read, compared with what is there, and applied whole or not at all."""
