"""One exporter per format."""
