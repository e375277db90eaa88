"""The forms of the commission's desk beside the steps of the course."""
