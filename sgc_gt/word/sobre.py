"""El sobre de un archivo que llega: si por su tamaño y su comienzo puede ser un documento Word."""

from __future__ import annotations

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.peligros import (
    DENTRO_DE_OLE2,
    ESPERAR,
    GUARDAR,
    OLE2,
    PEDIR,
    WORD_LOS_ABRE,
    WORD_NO_LOS_ABRE,
    ZIP,
)

MEGA = 1024 * 1024
MAXIMO_ARCHIVO = 60 * MEGA


def revisar_sobre(datos: bytes, nombre: str) -> None:
    """Nada, si por fuera es un DOCX; EntradaInvalida, con lo que parece ser, si no lo es."""
    if len(datos) > MAXIMO_ARCHIVO:
        raise EntradaInvalida(
            f"el archivo pesa {len(datos) // MEGA} MB",
            lugar=nombre,
            esperado=f"hasta {MAXIMO_ARCHIVO // MEGA} MB",
            hacer="Reduzca las imágenes (Archivo › Comprimir imágenes) y vuelva a entregarlo.",
        )
    if datos.startswith(OLE2):
        raise EntradaInvalida(
            f"el archivo {_dentro_de_ole2(datos)}",
            lugar=nombre,
            esperado="un documento Word (.docx) sin contraseña",
            hacer="Quítele la contraseña, o guárdelo como «Documento de Word (.docx)».",
        )
    if not datos.startswith(ZIP):
        que, hacer = _parecido(datos)
        raise EntradaInvalida(
            f"el archivo {que}", lugar=nombre, esperado="un documento Word (.docx)", hacer=hacer
        )


def _dentro_de_ole2(datos: bytes) -> str:
    """Qué hay en un archivo compuesto: sus piezas llevan el nombre en UTF-16."""
    halladas = (que for pieza, que in DENTRO_DE_OLE2.items() if pieza.encode("utf-16-le") in datos)
    return next(halladas, "está protegido con contraseña o es del formato antiguo .doc")


def _parecido(datos: bytes) -> tuple[str, str]:
    """Lo que el comienzo del archivo dice que es, y qué hacer con él."""
    inicio = datos[:64].lstrip(b"\xef\xbb\xbf \r\n\t")
    if not inicio.strip(b"\0"):
        return "está a medio copiar" if datos else "está vacío", ESPERAR
    for firmas, hacer in ((WORD_LOS_ABRE, GUARDAR), (WORD_NO_LOS_ABRE, PEDIR)):
        for firma, que in firmas.items():
            if inicio.startswith(firma):
                return f"no es un documento Word: es {que}", hacer
    return "no es un documento Word", GUARDAR
