"""Números dibujados: barras hechas con las celdas de una tabla, como las de la carta Gantt.

Cada fila de `barras` escribe su valor y su meta, y los dibuja en diez celdas que comparten escala: ■ lo
alcanzado, ◆ la meta que se alcanzó, ◇ la que no. El color solo acompaña: sin él, en gris o leído en voz alta
se entiende lo mismo. Son celdas, y no una imagen: se copian, se comparan entre versiones y no piden nada a
quien abre el archivo.

    d.abrir(…, mas_macros=MACROS_GRAFICO)
    barras(d, Barras("datos.brechas", antes=[Columna("Objetivo", 2, "x.objetivo")],
                     valor=numero("x.efectivo"), meta=numero("x.comprometido"), unidad="x.unidad"), alt="…")
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from marco import SE_PEGA, Tramo, parrafo, pegar
from marco_xml import q, texto, w
from piezas_gt import Columna, DocumentoGT, alinear, apretar, celda_coloreada, en_linea, gris, seguro, titulos

ALCANZADO, FALTA, LOGRO, BLANCO = "C9D8F0", "F6DFB5", "C8E6DA", "FFFFFF"
"""Fondos: lo alcanzado, lo que falta, una meta cumplida. Sobre los tres contrasta el mismo texto."""
TINTA = "1F2430"
CELDAS = range(1, 11)
CHICA = "TextoTablaChica"
LEYENDA = (
    "En cada barra, ■ es lo alcanzado; ◆, la meta cuando se alcanza, y ◇ cuando no. Entre ambos está lo "
    "que falta o lo que sobra; cuánto, se lee al lado. La escala está en el encabezado."
)
# `b_`: las cuentas de la fila en curso; `escala_`: el tope que dejó `tope`. Se declaran aquí porque lo que
# se asigna dentro de una condición no se conoce fuera de ella. `cifra`: un número con coma y a lo más un
# decimal; nada si no es un número. `signo_` y `fondo_`: los de la celda n. Donde menos es mejor, lo que sobra
# de la meta es lo que falta por bajar.
MACROS_GRAFICO = en_linea(f"""
    {{% set b_ = namespace() %}}{{% set escala_ = namespace(tope=100) %}}
    {{% macro cifra(x) %}}{{% if x is number %}}{{{{ x|float|round(1) }}}}{{% endif %}}{{% endmacro %}}
    {{% macro signo_(n) %}}
    {{% if n == b_.marca %}}{{{{ '◆' if b_.llega else '◇' }}}}{{% elif n <= b_.lleno %}}■{{% endif %}}
    {{% endmacro %}}
    {{% macro fondo_(n) %}}
    {{% if n <= b_.lleno %}}
    {{{{ '{FALTA}' if b_.menor and not b_.llega and b_.marca and n > b_.marca else '{ALCANZADO}' }}}}
    {{% elif n <= b_.marca and not b_.llega and not b_.menor and b_.val is number %}}{FALTA}
    {{% else %}}{BLANCO}{{% endif %}}{{% endmacro %}}
""")


def numero(camino: str) -> str:
    """El número que hay en ese camino, o nada si falta o no es un número."""
    return f"({camino} if {camino} is number else none)"


def razon(fila: str, unidad: str = "x.unidad") -> str:
    """El valor de una medición: el escrito o, si no está, numerador ÷ denominador (× 100 si es porcentaje)."""
    partes = f"{fila}.numerador is number and {fila}.denominador is number and {fila}.denominador"
    factor = f"(100 if {unidad}|default('') == '%' else 1)"
    calculo = f"({fila}.numerador * {factor} / {fila}.denominador)"
    return f"({fila}.valor if {fila}.valor is number else ({calculo} if {partes} else none))"


@dataclass(frozen=True)
class Barras:
    """Qué se dibuja: una barra por elemento de `lista` (expresiones de Jinja; `variable` nombra la fila).

    `tope`: el valor que llena las diez celdas; si cada fila tiene el suyo, `escala` dice el del encabezado.
    `menor`: condición bajo la cual un valor menor es mejor.
    `bien`: cómo se dice que se llegó a la meta; si no, se escribe cuánto falta.
    `sin_valor` y `sin_meta`: lo que se lee donde no los hay.
    """

    lista: str
    antes: Sequence[Columna]
    valor: str
    meta: str = "none"
    tope: str = "100"
    escala: str = ""
    unidad: str = "'%'"
    menor: str = "false"
    despues: Sequence[Columna] = ()
    titulo_valor: str = "Valor"
    titulo_meta: str = "Meta"
    titulo_resultado: str = "Contra la meta"
    bien: str = "Alcanza la meta"
    sin_valor: str = "Sin dato"
    sin_meta: str = "Sin meta"
    vacio: str = "Pendiente"
    variable: str = "x"


def tope(fuente: str, valor: str, piso: str, variable: str = "y") -> str:
    """Marca que deja en `escala_.tope` la decena que alcanza al mayor de los valores de la lista y al piso.

    Va en un párrafo antes de la tabla; después, `Barras(tope="escala_.tope")`.
    """
    return (
        f"{{% set escala_.tope = ({piso}) %}}{{% for {variable} in {fuente} %}}"
        f"{{% set b_.alto = {valor} %}}"
        "{% if b_.alto is number and b_.alto > escala_.tope %}{% set escala_.tope = b_.alto %}{% endif %}"
        "{% endfor %}"
        "{% set escala_.tope = [(escala_.tope / 10)|round(0, 'ceil') * 10, 10]|max %}"
    )


def _celdas(valor: str, hacia: str) -> str:
    """Cuántas de las diez celdas ocupa un valor; `hacia`: floor o ceil."""
    pelo = {"floor": "+", "ceil": "-"}[hacia]
    return f"([[({valor} / b_.tope * 10 {pelo} 0.000001)|round(0, '{hacia}')|int, 0]|max, 10]|min)"


def _cuentas(b: Barras) -> str:
    """Lo que la fila calcula una vez: valor, meta, celdas llenas, celda de la meta y si se alcanzó."""
    # Una celda llena es un décimo entero: con 58 de 60 no se ve llena la celda de la meta.
    entero, exacto, meta = _celdas("b_.val", "floor"), _celdas("b_.val", "ceil"), _celdas("b_.meta", "ceil")
    return (
        f"{{% set b_.val = {b.valor} %}}{{% set b_.meta = {b.meta} %}}{{% set b_.tope = {b.tope} %}}"
        f"{{% set b_.menor = {b.menor} %}}"
        "{% set b_.llega = b_.val is number and b_.meta is number"
        " and (b_.val <= b_.meta if b_.menor else b_.val >= b_.meta) %}"
        f"{{% set b_.marca = [{meta}, 1]|max if b_.meta is number and b_.meta > 0 else 0 %}}"
        f"{{% set b_.lleno = 0 if b_.val is not number else ({exacto} if b_.menor else"
        f" ([{entero}, b_.marca]|max if b_.llega else {entero})) %}}"
    )


def _celda_barra(n: int) -> etree._Element:
    formato = w("rPr", w("b"), w("color", val=TINTA), w("sz", val=14), w("szCs", val=14))
    interior = alinear(parrafo(w("r", formato, texto(f"{{{{ signo_({n}) }}}}")), estilo=CHICA), "center")
    return celda_coloreada(interior, f"fondo_({n})")


def _resultado(b: Barras) -> str:
    """Cuánto falta, o sobra cuando menos es mejor; una distancia entre porcentajes son puntos."""
    distancia = "((b_.meta - b_.val)|abs|round(1))"
    verbo = f"(('Sobra' if b_.menor else 'Falta') ~ ('' if {distancia} == 1 else 'n'))"
    puntos = f"((' punto' if {distancia} == 1 else ' puntos') if b_.unidad == '%' else '')"
    return (
        f"{{{{ '{b.sin_valor}' if b_.val is not number else ('{b.sin_meta}' if b_.meta is not number else "
        f"('{b.bien}' if b_.llega else {verbo} ~ ' ' ~ {distancia} ~ {puntos})) }}}}"
    )


def _fila(d: DocumentoGT, b: Barras, medidas: Sequence[int], *, pegada: bool) -> etree._Element:
    fila = w("tr", w("trPr", w("cantSplit")))
    propias = d._fila_datos(b.antes, medidas[: len(b.antes)], CHICA)
    primera = next(propias.iter(q("p")))
    unidad = f"{{% set b_.unidad = {b.unidad}|default('', true) %}}"
    lugar = 1 if primera.find(q("pPr")) is not None else 0
    primera.insert(lugar, w("r", texto(unidad + _cuentas(b))))
    fila.extend(list(propias.iterchildren(q("tc"))))
    n = len(b.antes)
    con_meta = b.meta != "none"
    for nombre in ("b_.val", "b_.meta") if con_meta else ("b_.val",):
        cifra = parrafo(Tramo(f"{{{{ cifra({nombre}) or '—' }}}}", "Strong"), estilo=CHICA)
        fila.append(d._celda(alinear(cifra, "right"), medidas[n], CHICA))
        n += 1
    for celda in CELDAS:
        fila.append(_celda_barra(celda))
    if con_meta:
        fondo = f"'{LOGRO}' if b_.llega else ('{FALTA}' if b_.val is number and b_.meta is number else '{BLANCO}')"
        fila.append(celda_coloreada(parrafo(_resultado(b), estilo=CHICA), fondo))
    n = len(medidas) - len(b.despues)
    fila.extend(list(d._fila_datos(b.despues, medidas[n:], CHICA).iterchildren(q("tc"))))
    if pegada:
        for interior in fila.iter(q("p")):
            pegar(interior)
    return fila


def _filas(d: DocumentoGT, b: Barras, medidas: Sequence[int], *, junta: bool) -> list[etree._Element]:
    """La fila que se repite: una tabla que pasa entera de página no necesita la otra, sin pegar."""
    if junta:
        return [_fila(d, b, medidas, pegada=True)]
    return [
        d._fila_marca(SE_PEGA, medidas),
        _fila(d, b, medidas, pegada=True),
        d._fila_marca("{%tr else %}", medidas),
        _fila(d, b, medidas, pegada=False),
        d._fila_marca("{%tr endif %}", medidas),
    ]


def barras(d: DocumentoGT, b: Barras, *, alt: str, epigrafe: str | None = None, junta: bool = False) -> None:
    """Una tabla con una barra por fila; después, un respiro. Las macros van en `abrir`.

    `junta`: pasa entera a la página siguiente antes que partirse.
    """
    if epigrafe:
        d.parrafo(epigrafe, estilo="EpigrafeTabla")
    con_meta = b.meta != "none"
    columnas = [
        *b.antes,
        Columna(b.titulo_valor, 1.3, "", lado="right"),
        *([Columna(b.titulo_meta, 1.2, "", lado="right")] if con_meta else []),
        *(
            Columna(f"{{{{ cifra({b.escala or b.tope} * {n} / 10) }}}}", 0.68, "", lado="center")
            for n in CELDAS
        ),
        *([Columna(b.titulo_resultado, 2.7, "")] if con_meta else []),
        *b.despues,
    ]
    medidas = d._medidas([c.ancho for c in columnas])
    filas = [
        d._fila(titulos(columnas), medidas, "EncabezadoTablaChica", encabezado=True),
        d._fila_marca(f"{{%tr for {b.variable} in {seguro(b.lista)}|default([], true) %}}", medidas),
        *_filas(d, b, medidas, junta=junta),
        d._fila_marca("{%tr else %}", medidas),
        d._fila_unida(gris(b.vacio), medidas, CHICA),
        d._fila_marca("{%tr endfor %}", medidas),
    ]
    tabla = apretar(d._armar_tabla(filas, medidas, alt))
    if junta:
        for interior in tabla.iter(q("p")):
            pegar(interior)
    d.agregar(tabla)
    d.separador()


def semaforo(columna: Columna, bien: Sequence[str], mal: Sequence[str]) -> Columna:
    """La columna, con fondo según su código: de logro si está en `bien`, de falta si está en `mal`."""

    def esta(xs: Sequence[str]) -> str:
        return f"{columna.expresion}|default('') in [{', '.join(repr(x) for x in xs)}]"

    fondo = f"'{LOGRO}' if {esta(bien)} else ('{FALTA}' if {esta(mal)} else '{BLANCO}')"
    return Columna(**{**columna.__dict__, "fondo": fondo})


def leyenda(d: DocumentoGT) -> None:
    """Cómo se leen las barras. Una vez por documento, donde aparece la primera."""
    d.nota(LEYENDA)
