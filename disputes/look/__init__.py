"""How facts of a case look on a page: dates, money, masks, clocks. Pure; asks no database."""
