"""Lo que la primera hoja de la planilla explica a quien la abre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sgc_gt.dominio.importacion import EVIDENCIA, IMPORTAR, OMITIR, Fila

_PASOS = (
    (
        "1. Decida",
        "En la columna «Decisión»: importar (el documento entra), evidencia (es el papel que prueba la "
        "aprobación de otro) u omitir (queda donde está).",
    ),
    (
        "2. Complete",
        "Las celdas naranjas son lo que falta para importar una fila. Corrija cualquier celda blanca: manda "
        "lo que usted escriba. Las grises son de consulta. El responsable del proceso aprueba los cambios "
        "menores: conviene que no sea el mismo cargo que elabora.",
    ),
    (
        "3. Mire los problemas",
        "La columna «Problemas» dice qué no calza: el nombre contra el encabezado, dos archivos que dicen "
        "ser la misma versión, fechas que faltan. No hace falta que quede vacía.",
    ),
    (
        "4. Revise los formatos",
        "La hoja «Formatos» tiene una fila por plantilla de encabezado. Dice dónde están el código, la "
        "versión, la fecha y el título, para ponerlos al día en la próxima versión.",
    ),
    (
        "5. Impórtelo",
        "Guarde y cierre este archivo, y use: sgc-gt importar CARPETA --planilla ESTE-ARCHIVO.xlsx. Con "
        "--proceso ÁREA se importa solo esa área. Si se interrumpe, la misma orden sigue donde quedó.",
    ),
    (
        "Qué pasa después",
        "Cada versión entra con los bytes que tiene hoy, como aprobada fuera del sistema y con su fecha "
        "original. De cada código rige la última; las anteriores quedan como obsoletas.",
    ),
)


def ayuda(filas: Sequence[Fila], carpeta: str) -> list[tuple[str, str]]:
    """Título y texto de cada párrafo."""
    que_es = (
        f"Lo que se halló en {carpeta or 'la carpeta'}: una fila por archivo en la hoja «Documentos», con lo "
        "que se propone hacer. Nada se ha importado todavía."
    )
    return [("Qué es", que_es), ("Cuánto hay", _cuenta(filas)), *_PASOS]


def _cuenta(filas: Sequence[Fila]) -> str:
    cuenta = Counter(f.decision for f in filas)
    partes = [
        _cuantos(cuenta[IMPORTAR], "versión por importar", "versiones por importar"),
        _cuantos(cuenta[EVIDENCIA], "evidencia", "evidencias"),
        _cuantos(cuenta[OMITIR], "archivo que se propone omitir", "archivos que se propone omitir"),
    ]
    con_problemas = sum(1 for f in filas if f.problemas and f.decision == IMPORTAR)
    mirar = _cuantos(con_problemas, "tiene algo que mirar", "tienen algo que mirar")
    return f"{', '.join(partes)}. De las que se importan, {mirar}."


def _cuantos(n: int, uno: str, varios: str) -> str:
    return f"{n} {uno if n == 1 else varios}"
