"""Construye plantillas_docx/aspectos_no_incorporados.docx: lo que el Plan pedía y el Programa no recogió.

`python tests/plantillas/construir_aspectos_no_incorporados.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import Tramo
from piezas_calendario import MACROS_CALENDARIO, Grupo, Una, meses, tabla_pintada
from piezas_gt import Columna, DocumentoGT, abreviaturas, trozos

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "aspectos_no_incorporados.docx"
# (clave, título de la sección, cómo se nombra su columna, su clave, fondo y color de sus barras)
BLOQUES = (
    ("bienes_y_servicios", "Aspectos de bienes y servicios", "Producto", "producto", "C9D8F0", "1F3864"),
    ("sistema_informacion", "Aspectos del sistema de información", "Sistema", "sistema", "C8E6DA", "14503B"),
)
TODOS = " + ".join(f"((datos.{b[0]}|default('', true)).aspectos|default([], true))" for b in BLOQUES)


def _bloque(d: DocumentoGT, clave: str, titulo: str, columna: str, campo: str) -> None:
    d.titulo(1, titulo)
    base = f"(datos.{clave}|default('', true))"
    with d.si(f"{base}.hay|default(true) == false"):
        d.texto_de(f"datos.{clave}.razon", rotulo="Nada quedó fuera del Programa", requisitos="NOI-1")
        d.si_no()
        d.lista_de(
            [
                Columna("Id.", 1.1, "x.id", negrita=True),
                Columna("Aspecto del Plan", 5.0, "x.aspecto"),
                Columna(columna, 1.8, f"x.{campo}"),
                Columna("Objetivo", 1.7, "x.objetivo", opcional=True),
                Columna("Regiones", 2.6, "x.regiones", "abrev"),
                Columna("Por qué no se incorporó", 4.8, "x.causa"),
            ],
            f"datos.{clave}.aspectos",
            alt=f"{titulo}: qué quedó fuera, dónde y por qué",
            epigrafe="Lo que el Programa no recogió",
            requisitos="NOI-1",
            junta=True,
        )
        d.lista_de(
            [
                Columna("Id.", 1.1, "x.id", negrita=True),
                Columna("Propuesta", 7.4, "x.propuesta"),
                Columna("Se incorpora en", 3.0, "x.destino", "n"),
                Columna("Plazo", 2.5, "x.plazo", "mes_de"),
                Columna("Responsable", 3.0, "x.responsable", "cargo"),
            ],
            f"datos.{clave}.aspectos",
            alt=f"{titulo}: propuesta, instrumento, plazo y responsable",
            epigrafe="Propuesta para incorporarlo",
            junta=True,
        )


def _calendario(d: DocumentoGT) -> None:
    d.titulo(1, "Calendario de incorporación")
    d.intro(
        f"{{% set anio_ = anio_de({TODOS}) %}}",
        "◆ es el mes en que cada aspecto queda incorporado. Un plazo de otro año se lee en la propuesta.",
        requisitos="NOI-1",
    )
    fijas: list[Una] = [Columna("Id.", 1.1, "x.id", negrita=True), Columna("Aspecto", 5.0, "x.aspecto")]
    grupos = [
        Grupo(
            f"datos.{clave}.aspectos",
            [*fijas, *meses("hasta_plazo(x, {m}, anio_)", fondo=fondo, color=color)],
            titulo,
            vacio="Ninguno",
        )
        for clave, titulo, _, _, fondo, color in BLOQUES
    ]
    tabla_pintada(
        d,
        grupos[0].columnas,
        grupos=grupos,
        alt="Calendario de incorporación: mes de cada aspecto, por bloque",
        epigrafe="Calendario {{ anio_ }}",
    )
    abreviaturas(d)


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("aspectos_no_incorporados", "Propuesta de incorporación de aspectos no incorporados")
    d.portada()
    d.titulo(1, "Del Plan al Programa")
    d.abrir(
        *trozos("datos.analisis"),
        rotulos=("plan", "programa", "plan_y_programa"),
        requisitos="NOI-1",
        mas_macros=MACROS_CALENDARIO,
    )
    d.parrafo(
        Tramo("Se compararon: ", "Strong"),
        "el Plan ",
        *trozos("datos.plan"),
        " y el Programa de Trabajo ",
        *trozos("datos.programa"),
        ". ",
        Tramo("Período en que se incorporan: ", "Strong"),
        "{{ doc.anio }}.",
    )
    for clave, titulo, columna, campo, _, _ in BLOQUES:
        _bloque(d, clave, titulo, columna, campo)
    _calendario(d)
    d.control_de_cambios()
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
