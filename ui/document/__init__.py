"""A source's text as a widget: what Qt is given, how it is set, the editors it is shown in, and where its letters stand."""
