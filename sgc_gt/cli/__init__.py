"""La línea de comandos: el único piso que mira el ambiente, la carpeta actual, el reloj y la pantalla."""
