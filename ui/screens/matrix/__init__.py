"""The matrix: codes against countries, each number leading to its quotes."""
