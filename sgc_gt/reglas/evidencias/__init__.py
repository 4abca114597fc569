"""Las evidencias que una cláusula puede pedir: funciones puras sobre lo que el servicio tiene a una fecha."""
