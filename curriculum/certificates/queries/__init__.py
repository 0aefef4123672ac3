"""What has been earned, and what was issued."""
