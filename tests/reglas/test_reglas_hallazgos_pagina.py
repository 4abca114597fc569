"""La página de los hallazgos típicos dice lo que la tabla."""

import os
from collections import Counter
from pathlib import Path

from sgc_gt.reglas.hallazgos.tabla import TIPICOS
from sgc_gt.reglas.hallazgos.valores import DETECTA, EVIDENCIA, GRAVEDADES, PREVIENE, Tipico

PAGINA = Path(__file__).parents[2] / "docs" / "referencia" / "hallazgos.md"
MODOS = {PREVIENE: "previene", DETECTA: "detecta", EVIDENCIA: "muestra evidencia"}
ENCABEZADO = """\
# Los hallazgos típicos de una auditoría

Esta página se escribe desde la tabla del programa. `sgc-gt auditar --hallazgos` busca los treinta y siete y dice de cada
uno su estado, con la evidencia concreta, lo que se pide, la alerta, qué hacer y quién lo puede arreglar.

| estado | qué significa |
|---|---|
| con hallazgo | se vio, y se dice en qué documento, versión, movimiento y fecha |
| sin datos | el sistema no tiene todavía lo que hace falta para mirarlo; nunca se da por bueno |
| sin hallazgo | se miró, se dice sobre qué, y no se vio |
| prevenido | una regla del sistema no deja que ocurra; se dice cuál y por cuántos casos pasó |

Los que son del PMG aparecen solo en un servicio que usa Gestión Territorial. La gravedad es el orden en que se informan.
"""


def escrita() -> str:
    cuentas = Counter(t.gravedad for t in TIPICOS)
    resumen = ", ".join(f"{cuentas[g]} de gravedad {g}" for g in GRAVEDADES)
    columnas = "| | hallazgo | ISO 9001:2008 | ISO 9001:2015 | modo | gravedad | qué se revisa |"
    return "\n".join(
        [ENCABEZADO, f"Son {resumen}.\n", columnas, "|---|---|---|---|---|---|---|", *map(_fila, TIPICOS), ""]
    )


def _fila(t: Tipico) -> str:
    c = t.clausulas
    modo = " y ".join(MODOS[m] for m in t.modo)
    nombre = f"{t.nombre}<br>{c.otra}" if c.otra else t.nombre
    return f"| {t.id} | {nombre} | {c.de_2008} | {c.de_2015} | {modo} | {t.gravedad} | {t.mira} |"


def test_la_pagina_dice_lo_que_la_tabla() -> None:
    if os.environ.get("ACTUALIZAR"):
        PAGINA.write_text(escrita(), "utf-8", newline="\n")
    assert PAGINA.read_text("utf-8") == escrita(), (
        "ACTUALIZAR=1 pytest tests/reglas/test_reglas_hallazgos_pagina.py"
    )
