"""Lo que se reconoce en un archivo que llega de afuera: cada dato con dónde se halló, sin decidir nada.

Quien decide es `importacion.proponer`, que mira todos los archivos a la vez.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sgc_gt.dominio.registros import PedidoRegistro

# Fuentes, en el orden en que se les cree: el encabezado es lo que la gente mira en cada página.
IDENTIDAD = "identidad"
"""Las propiedades con que este sistema marca sus documentos."""
ENCABEZADO, PORTADA, PIE = "encabezado", "portada", "pie"
FIRMAS, CAMBIOS, CONTENIDO = "firmas", "cambios", "contenido"
NOMBRE, PROPIEDADES = "nombre", "propiedades"
ORDEN_FUENTES = (IDENTIDAD, ENCABEZADO, PORTADA, PIE, FIRMAS, CAMBIOS, CONTENIDO, NOMBRE, PROPIEDADES)
FUENTES = {
    IDENTIDAD: "la identidad guardada en el documento",
    ENCABEZADO: "el encabezado",
    PORTADA: "la portada",
    PIE: "el pie de página",
    FIRMAS: "el bloque de firmas",
    CAMBIOS: "la tabla de control de cambios",
    CONTENIDO: "el texto del archivo",
    NOMBRE: "el nombre del archivo",
    PROPIEDADES: "las propiedades del archivo",
}

# Clases de archivo.
DOCX, PDF, DOC, EXCEL, VISIO = "docx", "pdf", "doc", "excel", "visio"
PRESENTACION, IMAGEN, TEXTO, OTRO = "presentacion", "imagen", "texto", "otro"
CLASES = {
    DOCX: "Word",
    PDF: "PDF",
    DOC: "Word antiguo u otro procesador de textos",
    EXCEL: "planilla",
    VISIO: "diagrama de Visio",
    PRESENTACION: "presentación",
    IMAGEN: "imagen",
    TEXTO: "texto simple",
    OTRO: "otro formato",
}


class Hallazgo(NamedTuple):
    """Un valor hallado y dónde."""

    valor: str
    """En forma normal: código en mayúsculas con guiones, fecha AAAA-MM-DD, lo demás como está escrito."""
    fuente: str
    lugar: str = ""
    """Para mostrar: «encabezado, «Código: PR-FOM-03»»."""
    escrito: str = ""
    exacto: bool = True
    """Falso si el valor completa lo que el documento no dice: el día de «marzo de 2024»."""


class SeccionVista(NamedTuple):
    """Una sección del documento, sin su contenido."""

    numero: str
    titulo: str
    nivel: int


@dataclass(frozen=True, slots=True)
class Reconocido:
    """Lo que dice un archivo. Los campos de datos traen todos los hallazgos, el más creíble primero."""

    nombre: str
    clase: str
    sha256: str
    tamano: int
    problemas: tuple[str, ...] = ()
    """Por qué no se pudo leer por dentro (la frase de la puerta), o vacío."""
    codigo: tuple[Hallazgo, ...] = ()
    version: tuple[Hallazgo, ...] = ()
    titulo: tuple[Hallazgo, ...] = ()
    fecha_aprobacion: tuple[Hallazgo, ...] = ()
    vigente_desde: tuple[Hallazgo, ...] = ()
    proxima_revision: tuple[Hallazgo, ...] = ()
    tipo: tuple[Hallazgo, ...] = ()
    elaboro: tuple[Hallazgo, ...] = ()
    reviso: tuple[Hallazgo, ...] = ()
    aprobo: tuple[Hallazgo, ...] = ()
    familia: str = ""
    """Huella de la forma del encabezado sin sus valores: igual en los documentos de una misma plantilla."""
    secciones: tuple[SeccionVista, ...] = ()
    registros: tuple[PedidoRegistro, ...] = ()
    """Los registros que pide su sección «Registros», sea tabla, lista o párrafos."""
    rastros: tuple[str, ...] = ()
    """Lo que delata una copia en el nombre, como está escrito: «(2)», «FINAL», «copia»."""
    clases_de_rastro: tuple[str, ...] = ()
    modificado: date | None = None
    """La fecha de la última modificación que guarda el archivo."""
    texto: str = ""
    """De un PDF con texto, sus primeras líneas: sirve para saber qué documento aprueba."""


def por_credito(hallazgos: Iterable[Hallazgo]) -> tuple[Hallazgo, ...]:
    """Los hallazgos, los de fuente más creíble primero; el mismo valor en la misma fuente, una vez."""
    unicos: dict[tuple[str, str], Hallazgo] = {}
    for h in sorted(hallazgos, key=lambda h: (not h.exacto, ORDEN_FUENTES.index(h.fuente))):
        unicos.setdefault((h.valor, h.fuente), h)
    return tuple(unicos.values())
