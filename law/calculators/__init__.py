"""Amounts that the law fixes, one file per family. Estimates with a trace, never a settlement."""
