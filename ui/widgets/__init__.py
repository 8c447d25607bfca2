"""Parts that several screens and the frame are put together from."""
