from papers.models.paper import Paper, PaperSeries
from papers.models.template import PaperTemplate

__all__ = ["Paper", "PaperSeries", "PaperTemplate"]
