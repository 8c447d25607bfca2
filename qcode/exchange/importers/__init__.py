"""One importer per format: `read(path)` gives a `Document` or raises `UserError`."""
