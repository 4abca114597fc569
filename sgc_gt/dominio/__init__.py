"""El modelo: fichas, tabla de actos, códigos, roles y reglas del procedimiento. Solo biblioteca estándar."""
