"""An app of the tests: the same small flows on the stock engine and on ours."""
