"""El servicio ficticio de la demostración: su configuración, sus datos y el guion de un año."""
