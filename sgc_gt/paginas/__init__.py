"""Las páginas: un solo archivo cada una, que se abre con doble clic, se imprime y no trae nada de afuera.

Una plantilla de Jinja por página (`NOMBRE.html`), todas sobre `base.html` y la misma hoja de estilos.
"""
