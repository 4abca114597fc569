"""Lo que cambia el sistema: un archivo por acto, y todos pasan por `movimiento.registrar`."""
