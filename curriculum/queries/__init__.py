"""What the curriculum knows: problems for its engine, plans, preparation and progress."""
