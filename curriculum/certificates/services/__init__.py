"""What changes: awards are issued, printed, withdrawn."""
