"""Construye plantillas_docx/programa.docx: el Programa, con su carta Gantt por actividad y por región.

`python tests/plantillas/construir_programa.py` la escribe de nuevo.
"""

from pathlib import Path

from lxml import etree
from marco import Tramo, parrafo
from marco_estilos import AZUL_TENUE
from marco_xml import texto, w
from piezas_gt import (
    Columna,
    DocumentoGT,
    abreviaturas,
    alinear,
    apretar,
    celda_coloreada,
    en_linea,
    gris,
    titulos,
    tramitacion,
    trozos,
)

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "programa.docx"
# (clave, título, fondo de la barra, color del signo): el par contrasta al menos 4,5 a 1.
FRENTES = (
    ("gestion", "Gestión y seguimiento del Programa", "D9DCE1", "3F4653"),
    ("productos", "Frente 1: perspectiva territorial en los productos", "C9D8F0", "1F3864"),
    ("informacion", "Frente 2: información por región en los sistemas", "C8E6DA", "14503B"),
    ("gore", "Frente 3: provisión de información a los gobiernos regionales", "F6DFB5", "6B4300"),
)
SUAVE, FUERTE = "E9EEF6", "C9D8F0"
ACTIVIDADES = "datos.actividades|default([], true)"
# `activa` y `cierra`: si la actividad ocurre en el mes, y si es el mes de su hito. `propia`: si nombra a la
# región. `regional`: además, si en ella responde su jefatura. Las demás arman las celdas.
MACROS_PROGRAMA = en_linea(f"""
    {{% macro activa(a, m) %}}
    {{% if a.inicio is number and a.fin is number and m in range(a.inicio, a.fin + 1) %}}1{{% endif %}}
    {{% endmacro %}}
    {{% macro cierra(a, m) %}}
    {{% if a.hito is defined and a.hito and a.fin is number and a.fin == m %}}1{{% endif %}}
    {{% endmacro %}}
    {{% macro barra(a, m) %}}
    {{% if activa(a, m) %}}{{{{ '◆' if cierra(a, m) else '■' }}}}{{% endif %}}
    {{% endmacro %}}
    {{% macro propia(a, cod) %}}{{% if a.regiones is defined and a.regiones and a.regiones is not string %}}
    {{% if cod in a.regiones %}}1{{% endif %}}{{% endif %}}{{% endmacro %}}
    {{% macro regional(a, cod) %}}
    {{% if propia(a, cod) %}}1
    {{% elif a.responsable|default('') == 'jefatura_regional' and a.regiones|default('') == 'todas' %}}1
    {{% endif %}}{{% endmacro %}}
    {{% macro con_signo(a, m) %}}{{{{ '◆' if cierra(a, m) else '' }}}}{{{{ v(a.id) ~ ' ' }}}}{{% endmacro %}}
    {{% macro en_region(cod, m) %}}
    {{% for a in {ACTIVIDADES} if activa(a, m) and regional(a, cod) %}}{{{{ con_signo(a, m) }}}}{{% endfor %}}
    {{% endmacro %}}
    {{% macro en_todas(m) %}}
    {{% for a in {ACTIVIDADES} if activa(a, m) and a.regiones|default('') == 'todas' %}}
    {{% if a.responsable|default('') != 'jefatura_regional' %}}{{{{ con_signo(a, m) }}}}{{% endif %}}
    {{% endfor %}}{{% endmacro %}}
    {{% macro propias(cod, m) %}}
    {{% for a in {ACTIVIDADES} if activa(a, m) and propia(a, cod) %}}1{{% endfor %}}
    {{% endmacro %}}
""")
MESES = range(1, 13)


def _signo(expresion: str, color: str) -> etree._Element:
    """Un signo pequeño y centrado, del color que contrasta con su fondo."""
    formato = w("rPr", w("b"), w("color", val=color), w("sz", val=16), w("szCs", val=16))
    return alinear(
        parrafo(w("r", formato, texto(f"{{{{ {expresion} }}}}")), estilo="TextoTablaChica"), "center"
    )


def _columnas_gantt() -> list[Columna]:
    return [
        Columna("Id.", 1.0, ""),
        Columna("Actividad e hito", 5.6, ""),
        Columna("Responsable", 3.1, ""),
        Columna("Regiones", 2.2, ""),
        *(Columna(f"{{{{ meses[{m - 1}] }}}}", 0.92, "", lado="center") for m in MESES),
        Columna("Evidencia", 2.8, ""),
    ]


def _fila_gantt(d: DocumentoGT, medidas: list[int], fondo: str, color: str) -> etree._Element:
    estilo = "TextoTablaChica"
    actividad = [
        parrafo(*trozos("a.actividad"), estilo=estilo),
        parrafo("{%p if a.hito is defined and a.hito %}", estilo=estilo),
        parrafo(Tramo("◆ Hito: {{ a.hito }}", "Strong"), estilo=estilo),
        parrafo("{%p endif %}", estilo=estilo),
    ]
    fila = w("tr", w("trPr", w("cantSplit")))
    fila.append(d._celda(parrafo(*trozos("a.id", estilo="Strong"), estilo=estilo), medidas[0], estilo))
    fila.append(d._celda(actividad, medidas[1], estilo))
    fila.append(d._celda(parrafo(*trozos("a.responsable", "cargo"), estilo=estilo), medidas[2], estilo))
    fila.append(d._celda(parrafo(*trozos("a.regiones", "abrev"), estilo=estilo), medidas[3], estilo))
    for m in MESES:
        relleno = f"'{fondo}' if activa(a, {m}) else 'FFFFFF'"
        fila.append(celda_coloreada(_signo(f"barra(a, {m})", color), relleno))
    fila.append(d._celda(parrafo(*trozos("a.evidencia"), estilo=estilo), medidas[-1], estilo))
    return fila


def _gantt(d: DocumentoGT) -> None:
    d.titulo_en_pagina_nueva("Carta Gantt", salto=False)
    d.intro(
        "Cada barra cubre los meses de la actividad: ■ mes de ejecución, ◆ mes en que se cumple el hito. "
        "El color repite el frente que dice el título de cada grupo.",
        requisitos="PRG-1, PRG-1.a",
    )
    d.parrafo("Carta Gantt por frente, {{ doc.anio }}", estilo="EpigrafeTabla")
    columnas = _columnas_gantt()
    medidas = d._medidas([c.ancho for c in columnas])
    filas = [d._fila(titulos(columnas), medidas, "EncabezadoTablaChica", encabezado=True)]
    for clave, titulo, fondo, color in FRENTES:
        filas += [
            d._fila_unida(Tramo(titulo, "Strong"), medidas, "TextoTablaChica", AZUL_TENUE),
            d._fila_marca(f"{{%tr for a in {ACTIVIDADES} if a.frente|default('') == '{clave}' %}}", medidas),
            _fila_gantt(d, medidas, fondo, color),
            d._fila_marca("{%tr else %}", medidas),
            d._fila_unida(gris("Pendiente"), medidas, "TextoTablaChica"),
            d._fila_marca("{%tr endfor %}", medidas),
        ]
    filas += _sin_frente(d, medidas)
    alt = "Carta Gantt: actividades por frente y mes, con responsable y evidencia"
    d.agregar(apretar(d._armar_tabla(filas, medidas, alt)))
    d.separador()
    abreviaturas(d)


def _sin_frente(d: DocumentoGT, medidas: list[int]) -> list[etree._Element]:
    """En un borrador puede faltar el frente: la actividad se ve igual, al final."""
    _, _, fondo, color = FRENTES[0]
    return [
        d._fila_marca(f"{{%tr for a in {ACTIVIDADES} if not a.frente|default('') %}}", medidas),
        _fila_gantt(d, medidas, fondo, color),
        d._fila_marca("{%tr endfor %}", medidas),
    ]


def _por_region(d: DocumentoGT) -> None:
    d.titulo_en_pagina_nueva("Cronograma por región")
    d.intro(
        "La primera fila reúne lo que el nivel central conduce para todas las regiones; cada región agrega "
        "lo que ejecuta su jefatura y, con fondo más oscuro, lo que le es propio. El mes del hito lleva ◆.",
        requisitos="PRG-1.a",
    )
    d.parrafo("Actividades e hitos en cada región, por mes", estilo="EpigrafeTabla")
    columnas = [
        Columna("Región", 3.7, ""),
        Columna("Responsable", 4.6, ""),
        *(Columna(f"{{{{ meses[{m - 1}] }}}}", 1.45, "", lado="center") for m in MESES),
    ]
    medidas = d._medidas([c.ancho for c in columnas])
    filas = [
        d._fila(titulos(columnas), medidas, "EncabezadoTablaChica", encabezado=True),
        _fila_todas(d, medidas),
        d._fila_marca("{%tr for r in regiones %}", medidas),
        _fila_region(d, medidas),
        d._fila_marca("{%tr endfor %}", medidas),
    ]
    alt = "Cronograma por región: actividades e hitos de cada mes"
    d.agregar(apretar(d._armar_tabla(filas, medidas, alt)))
    d.separador()


def _fila_todas(d: DocumentoGT, medidas: list[int]) -> etree._Element:
    estilo = "TextoTablaChica"
    fila = w("tr", w("trPr", w("cantSplit")))
    fila.append(d._celda(parrafo(Tramo("Todas las regiones", "Strong"), estilo=estilo), medidas[0], estilo))
    fila.append(d._celda(parrafo("Según la carta Gantt", estilo=estilo), medidas[1], estilo))
    for m in MESES:
        relleno = f"'D9DCE1' if en_todas({m}) else 'FFFFFF'"
        fila.append(celda_coloreada(_signo(f"en_todas({m})", "1F2430"), relleno))
    return fila


def _fila_region(d: DocumentoGT, medidas: list[int]) -> etree._Element:
    estilo = "TextoTablaChica"
    responsables = "datos.responsables_regionales|default([], true)"
    hay = f"{responsables}|selectattr('region', 'defined')|selectattr('region', 'equalto', r.cod)|list"
    responsable = f"{{% for y in {hay} %}}{{{{ v(y.cargo, 'cargo') }}}}{{% endfor %}}"
    fila = w("tr", w("trPr", w("cantSplit")))
    fila.append(d._celda(parrafo(Tramo("{{ r.nombre }}", "Strong"), estilo=estilo), medidas[0], estilo))
    pendiente = gris(f"{{{{ '' if {hay} else 'Pendiente' }}}}")
    fila.append(d._celda(parrafo(responsable, pendiente, estilo=estilo), medidas[1], estilo))
    for m in MESES:
        relleno = f"'{FUERTE}' if propias(r.cod, {m}) else ('{SUAVE}' if en_region(r.cod, {m}) else 'FFFFFF')"
        fila.append(celda_coloreada(_signo(f"en_region(r.cod, {m})", "1F3864"), relleno))
    return fila


def _hitos(d: DocumentoGT) -> None:
    d.titulo_en_pagina_nueva("Hitos", salto=False)
    d.lista_de(
        [
            Columna("Id.", 1.2, "x.id", negrita=True),
            Columna("Hito", 5.0, "'◆ ' ~ v(x.hito)"),
            Columna("Mes", 2.1, "x.fin", "mes"),
            Columna("Regiones", 2.2, "x.regiones", "abrev"),
            Columna("Responsable", 3.2, "x.responsable", "cargo"),
            Columna("Evidencia", 3.3, "x.evidencia"),
        ],
        "(datos.actividades|default([], true)|selectattr('hito', 'defined')|selectattr('hito')"
        "|selectattr('fin', 'number')|sort(attribute='fin'))",
        alt="Hitos del Programa: mes, regiones, responsable y evidencia",
        epigrafe="Hitos del Programa, por mes",
        requisitos="PRG-1.a",
        junta=True,
    )


def _estandarizacion(d: DocumentoGT) -> None:
    """Los compromisos de la etapa 6.2.5, si los hay. Sin avance: el documento no cambia con los días."""
    with d.si("datos.estandarizacion|default([], true)"):
        d.titulo(1, "Estandarización")
        d.intro(
            "Por cada producto con perspectiva territorial, el procedimiento que se modifica o se crea. El "
            "compromiso se cumple cuando la versión comienza a regir; su avance se sigue en el sistema de "
            "control de documentos.",
            requisitos="EST-1, EST-2",
        )
        d.lista_de(
            [
                Columna("Producto", 1.8, "x.producto", negrita=True),
                Columna(
                    "Acción",
                    3.4,
                    "'Crear' if x.en_sgc|default(false) and x.accion|default('') == 'crear' else n(x.accion)",
                ),
                Columna("Procedimiento", 5.6, "(v(x.documento) ~ ' ' ~ v(x.titulo))|trim or 'Por definir'"),
                Columna("Responsable", 4.2, "x.responsable", "cargo"),
                Columna("Plazo", 2.4, "mes_de({'mes': x.plazo_mes, 'anio': x.plazo_anio}) or 'Pendiente'"),
            ],
            "datos.estandarizacion",
            alt="Estandarización: procedimiento, responsable y plazo por producto",
            epigrafe="Compromisos de estandarización (etapa 6.2.5)",
        )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("programa", "Programa de Trabajo")
    d.portada()
    d.titulo(1, "Alcance del Programa")
    d.abrir(
        *trozos("datos.alcance"),
        rotulos=("modificar", "crear"),
        requisitos="PRG-1",
        mas_macros=MACROS_PROGRAMA,
    )
    d.parrafo(Tramo("Plan que implementa: ", "Strong"), *trozos("datos.plan"))
    d.orientacion("horizontal")
    _gantt(d)
    _por_region(d)
    d.orientacion("vertical")
    _hitos(d)
    _estandarizacion(d)
    tramitacion(d, "Este Programa", "PLA-F", implementa=True)
    d.control_de_cambios()
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
