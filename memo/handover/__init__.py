"""What is done with a built memo: hand it over, ask who holds it, whether it is fresh, what a delivered file is."""
