"""Pages of the coordinator and of the two people of a pair."""
