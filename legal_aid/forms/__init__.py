from legal_aid.forms.reviews import AskReviewForm, ReviewForm

__all__ = ["AskReviewForm", "ReviewForm"]
