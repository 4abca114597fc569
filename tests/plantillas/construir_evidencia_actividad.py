"""Construye plantillas_docx/evidencia_actividad.docx: lo que prueba que una actividad se ejecutó.

`python tests/plantillas/construir_evidencia_actividad.py` la escribe de nuevo.
"""

from pathlib import Path

from piezas_grafico import Barras, barras, leyenda, numero
from piezas_gt import Columna, DocumentoGT
from piezas_informes import MACROS_INFORMES, ROTULOS

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "evidencia_actividad.docx"


def _actividad(d: DocumentoGT) -> None:
    d.titulo(1, "Actividad")
    d.abrir(
        "Este registro prueba la ejecución de una actividad del Programa de Trabajo.",
        rotulos=ROTULOS,
        requisitos="PRG-1.a",
        mas_macros=MACROS_INFORMES,
    )
    d.ficha_de(
        [
            ("Programa", "datos.programa", ""),
            ("Actividad", "datos.actividad", ""),
            ("Nombre", "datos.nombre", ""),
            ("Frente", "frente(datos.frente|default('')) or 'Pendiente'", ""),
            ("Regiones", "datos.regiones", "region"),
            ("Responsable", "datos.responsable", "cargo"),
            ("Fecha", "datos.fecha", "fecha_de"),
        ],
        alt="Actividad: programa, frente, regiones, responsable y fecha",
    )


def _ejecutado(d: DocumentoGT) -> None:
    d.titulo(1, "Lo ejecutado")
    d.texto_de("datos.ejecutado", requisitos="IMP-1")
    with d.si("datos.cierra_hito|default(false, true)"):
        d.parrafo("◆ Con esto se cumple el hito de la actividad.")
    comprometido, efectivo = numero("x.comprometido"), numero("x.efectivo")
    barras(
        d,
        Barras(
            "datos.resultados",
            antes=[
                Columna("Lo que se cuenta", 3.4, "x.que", negrita=True),
                Columna("Región", 2.8, "x.region", "region", opcional=True),
            ],
            valor=efectivo,
            meta=comprometido,
            tope=f"([{efectivo} or 0, {comprometido} or 0]|max or 100)",
            escala="100",
            unidad="''",
            titulo_valor="Logrado",
            titulo_meta="Comp.",
            titulo_resultado="Resultado",
            bien="Se logró",
        ),
        alt="Lo comprometido y lo logrado",
        epigrafe="Lo comprometido y lo logrado",
    )
    leyenda(d)
    with d.si("datos.dificultades|default('', true)"):
        d.texto_de("datos.dificultades", rotulo="Dificultades")


def _respaldos(d: DocumentoGT) -> None:
    d.titulo(1, "Respaldos")
    d.lista_de(
        [
            Columna("Respaldo", 6.5, "x.respaldo", negrita=True),
            Columna("Dónde está", 7.5, "x.donde"),
            Columna("Fecha", 3.0, "fecha_de(x.fecha|default(none)) or '—'"),
        ],
        "datos.respaldos",
        alt="Respaldos: qué lo prueba y dónde está",
        epigrafe="Con qué se prueba",
        requisitos="IMP-1",
        junta=True,
    )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("evidencia_actividad", "Evidencia de actividad", registro=True)
    d.portada()
    _actividad(d)
    _ejecutado(d)
    _respaldos(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
