from legal_aid.models.review import Review

__all__ = ["Review"]
