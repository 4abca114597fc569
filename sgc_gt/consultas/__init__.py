"""Lo que solo lee."""
