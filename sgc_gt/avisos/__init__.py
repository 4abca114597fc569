"""Los avisos: lo pendiente como calendario y como correo, para quien no abre el sistema."""
