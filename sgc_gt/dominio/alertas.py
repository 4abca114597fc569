"""Las alertas del chequeo de forma: qué se vio y dónde, qué se pide y de dónde sale, y qué hacer."""

from __future__ import annotations

from typing import NamedTuple

from sgc_gt.errores import Problema

IMPIDE = "impide"
CORREGIR = "corregir"
SUGERENCIA = "sugerencia"
GRAVEDADES = (IMPIDE, CORREGIR, SUGERENCIA)
"""De la más grave a la menos: solo la primera detiene un envío."""

PROCEDIMIENTO = "procedimiento"
NORMA = "norma"
PRACTICA = "practica"
FUENTES = (PROCEDIMIENTO, NORMA, PRACTICA)
"""De dónde sale una exigencia: el procedimiento del propio servicio va primero."""

FORMA = "forma"
ESTADO = "estado"
AMBITOS = (FORMA, ESTADO)
"""Lo que se vio en un archivo, y lo que solo se ve juntando datos y estado de todo el servicio."""

EL_ARCHIVO = "el archivo"
"""El lugar de una alerta que es del archivo entero."""


class Alerta(NamedTuple):
    """Un hallazgo en tres partes, como lo escribe un auditor: evidencia, requisito y enunciado."""

    regla: str  # código estable: SECCION-FALTA
    gravedad: str  # una de GRAVEDADES
    fuente: str  # una de FUENTES
    documento: str  # código, o nombre del archivo suelto
    lugar: str  # dónde, para una persona: «sección 6.2 Etapas»
    evidencia: str
    requisito: str
    enunciado: str
    sugerencia: str = ""
    seccion: str = ""  # número de la sección («6.2»); vacío si es del documento entero
    ancla: str = ""  # el texto exacto del párrafo o de la celda: ahí se pone el comentario en Word
    ambito: str = FORMA  # uno de AMBITOS
    lugares: tuple[str, ...] = ()  # cada dato que falta, si la alerta es de datos: `lugar` los dice juntos

    def problema(self) -> Problema:
        """La alerta como parte de un rechazo."""
        pide = f" (requisito: {self.requisito})" if self.requisito else ""
        return Problema(f"{self.enunciado}: {self.evidencia}{pide}", self.lugar)
