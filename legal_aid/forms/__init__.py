from legal_aid.forms.reviews import AskReviewForm, ReviewForm, StepReviewForm

__all__ = ["AskReviewForm", "ReviewForm", "StepReviewForm"]
