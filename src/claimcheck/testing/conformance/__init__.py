"""The checks of `HistoryConformance`, by what they are about."""
