"""Construye plantillas_docx/evidencia_difusion.docx: qué se difundió, a quiénes y en qué regiones.

`python tests/plantillas/construir_evidencia_difusion.py` la escribe de nuevo.
"""

from pathlib import Path

from lxml import etree
from marco import Tramo, parrafo
from marco_xml import w
from piezas_grafico import BLANCO, LOGRO
from piezas_gt import Columna, DocumentoGT, abreviaturas, alinear, apretar, celda_coloreada, en_linea, titulos
from piezas_informes import MACROS_INFORMES, ROTULOS, rotulado, si_o_no

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "evidencia_difusion.docx"
PUBLICOS = (("funcionarios", "Funcionarios"), ("usuarios", "Clientes, usuarios y beneficiarios"))
ACCIONES = "datos.acciones|default([], true)"
# `canales(publico, cod)`: por qué canales llegó la difusión a ese público en esa región.
MACROS_DIFUSION = MACROS_INFORMES + en_linea(f"""
    {{% macro canales(p, cod) %}}{{% for a in {ACCIONES} if a.publico|default('') == p and a.canal is defined %}}
    {{% if a.regiones is defined and a.regiones and (a.regiones == 'todas' or cod in a.regiones) %}}
    {{{{ '■ ' ~ v(a.canal) ~ ' ' }}}}
    {{% endif %}}{{% endfor %}}{{% endmacro %}}
    {{% macro publico(x) %}}{{% for k, t in [('{PUBLICOS[0][0]}', '{PUBLICOS[0][1]}'),
     ('{PUBLICOS[1][0]}', '{PUBLICOS[1][1]}')] if k == x %}}{{{{ t }}}}{{% endfor %}}{{% endmacro %}}
""")
CHICA = "TextoTablaChica"


def _difusion(d: DocumentoGT) -> None:
    d.titulo(1, "Difusión ejecutada")
    d.abrir(
        "Los resultados se difunden en cada región a los funcionarios y a los clientes, usuarios y "
        "beneficiarios del Servicio.",
        rotulos=ROTULOS,
        requisitos="DIF-2, DIF-3",
        mas_macros=MACROS_DIFUSION,
    )
    d.ficha_de(
        [
            ("Plan de difusión", "datos.plan_difusion", ""),
            ("Se entiende por realizada", "datos.criterio", ""),
            ("Se cumple", si_o_no("datos.se_cumple"), ""),
            ("Responsable", "datos.responsable", "cargo"),
        ],
        alt="Plan de difusión, criterio de difusión realizada, si se cumple y responsable",
    )
    with d.si("datos.pendiente|default('', true)"):
        d.parrafo(*rotulado("Lo que falta", "{{ v(datos.pendiente) }}"))


def _acciones(d: DocumentoGT) -> None:
    d.titulo(1, "Acciones por público y canal")
    d.lista_de(
        [
            Columna("Público", 3.4, "publico(x.publico|default('')) or 'Pendiente'", negrita=True),
            Columna("Canal", 3.2, "x.canal"),
            Columna("Regiones", 2.6, "x.regiones", "abrev"),
            Columna("Fecha", 2.1, "x.fecha", "fecha_de"),
            Columna("Personas", 1.7, "v(x.alcance, 'miles') or '—'", lado="right"),
            Columna("Con qué se prueba", 4.0, "x.prueba"),
        ],
        "datos.acciones",
        alt="Acciones de difusión: público, canal, regiones, fecha y prueba",
        epigrafe="Acciones de difusión",
        requisitos="DIF-0, DIF-4",
    )


def _cobertura(d: DocumentoGT) -> None:
    d.titulo(1, "Cobertura por región")
    d.intro(
        "Los canales con que la difusión llegó a cada público en cada región, o «Sin difusión» si no llegó.",
        requisitos="DIF-0",
    )
    d.parrafo("A quiénes llegó la difusión en cada región", estilo="EpigrafeTabla")
    columnas = [Columna("Región", 4.0, ""), *(Columna(titulo, 6.5, "") for _, titulo in PUBLICOS)]
    medidas = d._medidas([c.ancho for c in columnas])
    filas = [
        d._fila(titulos(columnas), medidas, "EncabezadoTablaChica", encabezado=True),
        d._fila_marca("{%tr for r in regiones %}", medidas),
        _fila(d, medidas),
        d._fila_marca("{%tr endfor %}", medidas),
    ]
    alt = "Cobertura de la difusión: canales con que llegó a cada público, por región"
    d.agregar(apretar(d._armar_tabla(filas, medidas, alt)))
    d.separador()


def _fila(d: DocumentoGT, medidas: list[int]) -> etree._Element:
    fila = w("tr", w("trPr", w("cantSplit")))
    fila.append(d._celda(parrafo(Tramo("{{ r.nombre }}", "Strong"), estilo=CHICA), medidas[0], CHICA))
    for clave, _ in PUBLICOS:
        dicho = f"canales('{clave}', r.cod)"
        interior = alinear(parrafo(f"{{{{ {dicho}|trim or 'Sin difusión' }}}}", estilo=CHICA), "left")
        fila.append(celda_coloreada(interior, f"'{LOGRO}' if {dicho} else '{BLANCO}'"))
    return fila


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("evidencia_difusion", "Evidencia de difusión", registro=True)
    d.portada()
    _difusion(d)
    _acciones(d)
    _cobertura(d)
    abreviaturas(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
