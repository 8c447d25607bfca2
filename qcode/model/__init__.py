"""The things of the trade as frozen dataclasses and enums; standard library only."""
