"""Tablas con celdas pintadas: calendarios de doce meses, avances y matrices, como la carta Gantt.

Cada celda pintada lleva además su signo: sin color, o leída en voz alta, la tabla dice lo mismo.

    tabla_pintada(d, [Columna("Id.", 1.2, "x.id", negrita=True), *meses("en_meses(x, {m})")],
                  "datos.canales", alt="…", epigrafe="Calendario")
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from marco import SE_PEGA, Tramo, parrafo, pegar
from marco_estilos import AZUL_TENUE
from marco_xml import q, texto, w
from piezas_gt import (
    Columna,
    DocumentoGT,
    alinear,
    apretar,
    celda_coloreada,
    en_linea,
    gris,
    marca,
    seguro,
    titulos,
)

HECHO, PENDIENTE, LOGRO, NADA = "C9D8F0", "F6DFB5", "C8E6DA", "FFFFFF"
"""Fondos: lo que hay, lo que falta, lo logrado y nada. El mismo texto oscuro contrasta sobre los cuatro."""
TINTA = "1F2430"
MESES = range(1, 13)
CHICA = "TextoTablaChica"
# Lo que va en un mes: ■ si en él se trabaja, ◆ si además es el último, nada si no toca. `en_meses`: entre
# `inicio` y `fin`. `hasta_plazo`: hasta el plazo, si es de ese año. `anio_de`: el más lejano de los plazos de
# una lista, o el del documento.
MACROS_CALENDARIO = en_linea("""
    {% macro anio_de(xs) %}{% set lejos = namespace(anio=doc.anio|int) %}
    {% for x in xs|default([], true) if x.plazo is mapping and x.plazo.anio is number %}
    {% if x.plazo.anio > lejos.anio %}{% set lejos.anio = x.plazo.anio %}{% endif %}
    {% endfor %}{{ lejos.anio }}{% endmacro %}
    {% macro hasta_plazo(x, m, anio) %}{% if x.plazo is mapping and x.plazo.mes is number %}
    {% if x.plazo.anio|default(doc.anio, true)|int == anio|int %}{% if x.plazo.mes == m %}◆
    {% elif x.inicio_mes is number and m >= x.inicio_mes and m < x.plazo.mes %}■
    {% endif %}{% endif %}{% endif %}{% endmacro %}
    {% macro en_meses(x, m) %}
    {% if x.inicio is number and x.fin is number and m >= x.inicio and m <= x.fin %}
    {{ '◆' if x.fin == m else '■' }}{% endif %}{% endmacro %}
""")


@dataclass(frozen=True)
class Pintada:
    """Una columna cuyo fondo y cuyo signo decide la plantilla: dos expresiones de Jinja."""

    titulo: str
    ancho: float
    fondo: str
    signo: str = "''"
    color: str = TINTA

    @property
    def encabezado(self) -> Columna:
        return Columna(self.titulo, self.ancho, "", lado="center")


Una = Columna | Pintada


@dataclass(frozen=True)
class Grupo:
    """Filas bajo un título a todo el ancho; sin título, son todas las filas de la tabla."""

    lista: str
    columnas: Sequence[Una]
    titulo: str = ""
    donde: str = ""
    vacio: str = "Pendiente"


def meses(signo: str, *, fondo: str = HECHO, color: str = TINTA) -> list[Pintada]:
    """Doce columnas, con fondo donde hay signo. En la expresión, `{m}` es el mes."""
    return [
        Pintada(
            f"{{{{ meses[{m - 1}] }}}}",
            0.92,
            f"'{fondo}' if {signo.format(m=m)} else '{NADA}'",
            signo.format(m=m),
            color,
        )
        for m in MESES
    ]


def avance(valor: str, celdas: int = 5) -> list[Pintada]:
    """Una barra de 0 a 100: ■ en cada parte entera que el avance alcanza; verde si está completo."""
    pasos = [round(100 * n / celdas) for n in range(1, celdas + 1)]
    lleno = f"({valor} is number and {valor} >= {{p}})"
    color = f"('{LOGRO}' if {valor} >= 100 else '{HECHO}')"
    return [
        Pintada(
            str(p),
            0.72,
            f"{color} if {lleno.format(p=p)} else '{NADA}'",
            f"'■' if {lleno.format(p=p)} else ''",
        )
        for p in pasos
    ]


def signo(expresion: str, color: str = TINTA) -> etree._Element:
    """Un signo pequeño y centrado, del color que contrasta con su fondo."""
    formato = w("rPr", w("b"), w("color", val=color), w("sz", val=16), w("szCs", val=16))
    return alinear(parrafo(w("r", formato, texto(f"{{{{ {expresion} }}}}")), estilo=CHICA), "center")


def tabla_pintada(
    d: DocumentoGT,
    columnas: Sequence[Una],
    lista: str = "",
    *,
    alt: str,
    epigrafe: str = "",
    requisitos: str = "",
    variable: str = "x",
    grupos: Sequence[Grupo] = (),
) -> None:
    """Una fila por elemento de `lista`, o las de cada grupo bajo su título; después, un respiro."""
    if epigrafe:
        d.parrafo(epigrafe, *marca(requisitos), estilo="EpigrafeTabla")
    encabezados = [c.encabezado if isinstance(c, Pintada) else c for c in columnas]
    medidas = d._medidas([c.ancho for c in columnas])
    filas = [d._fila(titulos(encabezados), medidas, "EncabezadoTablaChica", encabezado=True)]
    for grupo in grupos or (Grupo(lista, columnas),):
        filas += _grupo(d, grupo, medidas, variable)
    d.agregar(apretar(d._armar_tabla(filas, medidas, alt)))
    d.separador()


def _grupo(d: DocumentoGT, grupo: Grupo, medidas: Sequence[int], variable: str) -> list[etree._Element]:
    donde = f" if {grupo.donde}" if grupo.donde else ""
    titulo = Tramo(grupo.titulo, "Strong")
    cabeza = [d._fila_unida(titulo, medidas, CHICA, AZUL_TENUE)] if grupo.titulo else []
    return [
        *cabeza,
        d._fila_marca(f"{{%tr for {variable} in {seguro(grupo.lista)}|default([], true){donde} %}}", medidas),
        d._fila_marca(SE_PEGA, medidas),
        _fila(d, grupo.columnas, medidas, pegada=True),
        d._fila_marca("{%tr else %}", medidas),
        _fila(d, grupo.columnas, medidas, pegada=False),
        d._fila_marca("{%tr endif %}", medidas),
        d._fila_marca("{%tr else %}", medidas),
        d._fila_unida(gris(grupo.vacio), medidas, CHICA),
        d._fila_marca("{%tr endfor %}", medidas),
    ]


def _fila(d: DocumentoGT, columnas: Sequence[Una], medidas: Sequence[int], *, pegada: bool) -> etree._Element:
    fila = w("tr", w("trPr", w("cantSplit")))
    for columna, medida in zip(columnas, medidas, strict=True):
        if isinstance(columna, Pintada):
            fila.append(celda_coloreada(signo(columna.signo, columna.color), columna.fondo))
        else:
            fila.extend(list(d._fila_datos([columna], [medida], CHICA).iterchildren(q("tc"))))
    if pegada:
        for interior in fila.iter(q("p")):
            pegar(interior)
    return fila
