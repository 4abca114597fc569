"""Cómo se llaman las secciones de un procedimiento en los servicios públicos (dominio §2.1 y §2.6).

Sirve para reconocer un título que nadie marcó como título. No dice qué secciones son obligatorias: eso es
configuración de cada servicio.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_USUALES = frozenset(
    """
    objetivo|objetivos|objetivo general|objetivos especificos|proposito|objeto|finalidad
    alcance|alcances|campo de aplicacion|ambito de aplicacion
    introduccion|presentacion|antecedentes|antecedentes generales|generalidades
    responsabilidad|responsabilidades|responsables|roles|funciones|autoridades
    terminologia|definiciones|definicion|glosario|glosario de terminos|conceptos
    abreviaturas|siglas|acronimos|simbolos
    referencia|referencias|documentos de referencia|referencias normativas|documentos asociados
    documentos relacionados|documentos aplicables|documentos externos|documentacion de referencia
    normativa|normativa aplicable|normativa asociada|marco legal|marco normativo|base legal|bibliografia
    politica|politicas|lineamientos|directrices|consideraciones|consideraciones generales
    condiciones generales|disposiciones generales|requisitos
    descripcion|descripcion del proceso|descripcion de proceso|descripcion del procedimiento
    descripcion de actividades|descripcion de las actividades|descripcion de etapas|actividades
    desarrollo|desarrollo del procedimiento|procedimiento|proceso|metodo|metodologia
    modo operativo|modo de operacion|modo de operar|operatoria|instrucciones
    diagrama|diagrama de flujo|diagrama del proceso|flujograma|flujo|mapa de proceso|mapa de procesos
    entradas|salidas|recursos|riesgos|puntos de control|controles
    indicador|indicadores|seguimiento|seguimiento y medicion|medicion|evaluacion
    resultados esperados|mejora|mejora continua|revision|difusion|distribucion|vigencia
    registro|registros|control de registros|registros asociados|formularios|formatos|formularios y registros
    anexo|anexos|apendices
    control de cambios|historial de cambios|hoja de control de cambios|modificaciones|control de versiones
    historial de versiones|registro de cambios|revisiones|lista de distribucion|aprobacion
    conclusiones|recomendaciones|resumen|resumen ejecutivo
    """.replace("\n", "|").split("|")
)
USUALES = frozenset(nombre.strip() for nombre in _USUALES) - {""}
"""Nombres usuales, sin tildes y en minúsculas."""

_SIGUE = re.compile(r"\s*(?:,|/|\b(?:de|del|y|e|o|u|para|en|al)\b)")


def llano(texto: str) -> str:
    """El texto para comparar nombres: minúsculas, sin tildes, sin puntuación final, espacios simples."""
    sueltas = unicodedata.normalize("NFD", texto.casefold())
    sin_tildes = "".join(c for c in sueltas if not unicodedata.combining(c))
    return " ".join(sin_tildes.split()).strip(" .:;-–—")


@lru_cache(4096)
def es_usual(titulo: str) -> bool:
    """Si el título es un nombre usual («Registros») o empieza por uno («Seguimiento del proceso»)."""
    nombre = llano(titulo)
    if nombre in USUALES:
        return True
    palabras = nombre.split()
    return any(
        " ".join(palabras[:n]) in USUALES and _SIGUE.match(" ".join(["", *palabras[n:]]))
        for n in (1, 2, 3)
        if n < len(palabras)
    )


def es_exacto(titulo: str) -> bool:
    """Si el título es, entero, un nombre usual."""
    return llano(titulo) in USUALES
