"""Los episodios del año de la demostración, por estación: cada función es uno."""
