"""Files in and out: a registry, one importer or exporter per format, and the guards at the border."""
