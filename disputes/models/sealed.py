"""Personal data at rest, sealed as every secret of the house is."""

from offices.sealed import SealedTextField, index_of, indexes_of, seal, unseal

__all__ = ["SealedTextField", "index_of", "indexes_of", "seal", "unseal"]
