"""The pages about the people around a child."""
