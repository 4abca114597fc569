"""Escribir en las zonas de control, reparando el control cuando perdió etiqueta, candado o envoltorio.

Después de pasar por aquí una zona siempre tiene la misma forma: control con etiqueta y candado, y adentro
el marcador alrededor del contenido. Por eso sellar dos veces da los mismos bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from itertools import count

from lxml import etree

from sgc_gt.errores import ConfiguracionInvalida
from sgc_gt.word.nombres import (
    PREFIJO_MARCADOR,
    PREFIJO_ZONA,
    ZONAS,
    ZONAS_TABLA,
    q,
    valor,
    zona_de_control,
    zona_de_marcador,
)
from sgc_gt.word.texto import limpiar, piezas
from sgc_gt.word.valores import ValoresSello
from sgc_gt.word.zonas import CANDADO, MARCADOR, Lugar, ubicar

_NIVEL_BLOQUE = frozenset({q("w:p"), q("w:tbl"), q("w:tc"), q("w:tr")})


def rellenar(
    raiz: etree._Element,
    valores: ValoresSello,
    sufijo: str,
    encabezados: dict[str, list[str]] | None = None,
) -> None:
    """Llena todas las zonas de una parte. `sufijo` distingue sus marcadores: "" cuerpo, `h1`, `p1`…

    `encabezados` son las celdas de título que la plantilla da a cada zona de tabla.
    """
    nombrar = nombres(sufijo)
    for lugar in ubicar(raiz):
        nombre = nombrar(lugar.zona)
        if lugar.zona in ZONAS_TABLA:
            filas = valores.tablas.get(lugar.zona, ())
            _rellenar_tabla(lugar, filas, nombre, (encabezados or {}).get(lugar.zona))
        else:
            _rellenar_texto(lugar, limpiar(valores.textos.get(lugar.zona, "")), nombre)


def nombres(sufijo: str) -> Callable[[str], str]:
    """Nombres de marcador únicos: `_sgc_codigo`, `_sgc_codigo_b2`, `_sgc_codigo_h1`, `_sgc_codigo_h1b2`."""
    cuentas = {zona: count(1) for zona in ZONAS}

    def nombrar(zona: str) -> str:
        n = next(cuentas[zona])
        cola = sufijo + (f"b{n}" if n > 1 else "")
        return f"{PREFIJO_MARCADOR}{zona}" + (f"_{cola}" if cola else "")

    return nombrar


# ---- zonas de texto ---------------------------------------------------------------------------------------


def _rellenar_texto(lugar: Lugar, texto: str, nombre: str) -> None:
    if lugar.control is None:
        _envolver_tramo(lugar, texto, nombre)
        return
    control = lugar.control
    _identificar(control, lugar.zona)
    _soltar_marcador(lugar)
    contenido = control.find(q("w:sdtContent"))
    if contenido is None:
        contenido = etree.SubElement(control, q("w:sdtContent"))
    if not any(hijo.tag in _NIVEL_BLOQUE for hijo in contenido):
        contenido[:] = _interior(nombre, _primer_formato(contenido), texto)
        return
    parrafo = next(contenido.iter(q("w:p")), None)
    if parrafo is None:
        return
    _escribir_parrafo(parrafo, texto, nombre)
    _expulsar_resto(control, contenido, parrafo)


def _expulsar_resto(control: etree._Element, contenido: etree._Element, parrafo: etree._Element) -> None:
    """Lo que alguien agregó dentro del control además de su párrafo es contenido suyo: pasa a después."""
    if parrafo.getparent() is not contenido:
        return
    resto = [hijo for hijo in contenido if hijo is not parrafo and hijo.tag in _NIVEL_BLOQUE]
    for hijo in reversed(resto):
        control.addnext(hijo)


def _envolver_tramo(lugar: Lugar, texto: str, nombre: str) -> None:
    """Un marcador sin control: se reemplaza exactamente lo que envuelve por un control nuevo."""
    inicio, fin = lugar.inicio, lugar.fin
    if inicio is None:
        return
    if next(inicio.iterancestors(q("w:p")), None) is None:
        _bajar_a_parrafo(inicio)
    _desenvolver(inicio)
    if fin is not None:
        _desenvolver(fin)
    padre = inicio.getparent()
    if padre is None:
        return
    region = _hermanos_hasta(inicio, fin)
    formato = next((_primer_formato(nodo) for nodo in region if nodo.tag in {q("w:r"), q("w:sdt")}), None)
    inicio.addprevious(_control(lugar.zona, _interior(nombre, formato, texto)))
    for nodo in [inicio, *region, *([] if fin is None else [fin])]:
        _quitar(nodo)


def _bajar_a_parrafo(inicio: etree._Element) -> None:
    """Un marcador de texto a nivel de bloque pasa al comienzo del párrafo que sigue."""
    siguiente = inicio.getnext()
    while siguiente is not None and siguiente.tag != q("w:p"):
        siguiente = siguiente.getnext()
    if siguiente is not None:
        siguiente.insert(0 if siguiente.find(q("w:pPr")) is None else 1, inicio)


def _hermanos_hasta(inicio: etree._Element, fin: etree._Element | None) -> list[etree._Element]:
    """Los nodos entre inicio y fin si son hermanos; si no lo son, nada (no se borra lo que no se sabe)."""
    if fin is None or fin.getparent() is not inicio.getparent():
        return []
    region: list[etree._Element] = []
    actual = inicio.getnext()
    while actual is not None and actual is not fin:
        region.append(actual)
        actual = actual.getnext()
    return region if actual is fin else []


def _desenvolver(nodo: etree._Element) -> None:
    """Saca los controles sin etiqueta que envuelven a un marcador, conservando lo que contienen."""
    while (contenido := nodo.getparent()) is not None and contenido.tag == q("w:sdtContent"):
        sdt = contenido.getparent()
        if sdt is None or zona_de_control(sdt):
            return
        quitar_control(sdt)


def quitar_control(sdt: etree._Element) -> None:
    """Reemplaza un control por su contenido."""
    contenido, padre = sdt.find(q("w:sdtContent")), sdt.getparent()
    if padre is not None:
        lugar = padre.index(sdt)
        padre[lugar : lugar + 1] = [] if contenido is None else list(contenido)


def _control(zona: str, interior: list[etree._Element]) -> etree._Element:
    sdt = etree.Element(q("w:sdt"))
    etree.SubElement(sdt, q("w:sdtPr"))
    etree.SubElement(sdt, q("w:sdtContent")).extend(interior)
    _identificar(sdt, zona)
    return sdt


def envolver(zona: str, nombre: str, contenido: list[etree._Element]) -> etree._Element:
    """Un control de zona nuevo con ese contenido tal cual y su marcador alrededor."""
    return _control(zona, [_marcador("Start", nombre), *contenido, _marcador("End", nombre)])


def _identificar(sdt: etree._Element, zona: str) -> None:
    """Título, etiqueta, identificador y candado, en ese orden; conserva el formato (`w:rPr`)."""
    propiedades = sdt.find(q("w:sdtPr"))
    if propiedades is None:
        propiedades = etree.Element(q("w:sdtPr"))
        sdt.insert(0, propiedades)
    formato = propiedades.find(q("w:rPr"))
    propiedades[:] = []
    if formato is not None:
        propiedades.append(formato)
    pares = (("alias", ZONAS[zona]), ("tag", f"{PREFIJO_ZONA}{zona}"), ("id", "1"), ("lock", CANDADO))
    for nombre, texto in pares:
        etree.SubElement(propiedades, q(f"w:{nombre}")).set(q("w:val"), texto)
    final = sdt.find(q("w:sdtEndPr"))
    if final is not None:
        sdt.remove(final)


def _soltar_marcador(lugar: Lugar) -> None:
    """Saca el marcador viejo, esté dentro o alrededor del control: el nuevo va adentro."""
    for nodo in (lugar.inicio, lugar.fin):
        if nodo is not None:
            _quitar(nodo)


def _interior(nombre: str, formato: etree._Element | None, texto: str) -> list[etree._Element]:
    tramo = etree.Element(q("w:r"))
    if formato is not None:
        tramo.append(formato)
    tramo.extend(piezas(texto))
    return [_marcador("Start", nombre), tramo, _marcador("End", nombre)]


def _marcador(lado: str, nombre: str) -> etree._Element:
    """Un extremo de marcador. Su número es provisorio (el nombre): `renumerar` le da el definitivo."""
    nodo = etree.Element(q(f"w:bookmark{lado}"))
    nodo.set(q("w:id"), nombre)
    if lado == "Start":
        nodo.set(q("w:name"), nombre)
    return nodo


def _primer_formato(nodo: etree._Element) -> etree._Element | None:
    """El formato del primer tramo, sin el estilo de texto de relleno."""
    tramo = next(nodo.iter(q("w:r")), None)
    formato = None if tramo is None else tramo.find(q("w:rPr"))
    if formato is None:
        return None
    copia = deepcopy(formato)
    estilo = copia.find(q("w:rStyle"))
    if estilo is not None and "laceholder" in (valor(estilo) or ""):
        copia.remove(estilo)
    return copia if len(copia) else None


# ---- zonas de tabla ---------------------------------------------------------------------------------------


def _rellenar_tabla(
    lugar: Lugar, filas: Sequence[Sequence[str]], nombre: str, encabezados: list[str] | None
) -> None:
    tabla = lugar.tabla()
    if tabla is None:
        return
    # Los restos de controles dentro de la tabla (LibreOffice los encoge a su primera celda) sobran.
    for sdt in list(tabla.iter(q("w:sdt"))):
        quitar_control(sdt)
    _soltar_marcador(lugar)
    _limpiar_marcadores(tabla, lugar.zona)
    _envolver_tabla(lugar, tabla, nombre)
    reales = tabla.findall(q("w:tr"))
    if not reales:
        return
    if encabezados is not None:
        _escribir_fila(reales[0], encabezados, lugar.zona, solo_si_cambia=True)
    modelo = deepcopy(reales[1] if len(reales) > 1 else reales[0])
    for fila in reales[1:]:
        tabla.remove(fila)
    for valores in list(filas) or [[""] * len(modelo.findall(q("w:tc")))]:
        nueva = deepcopy(modelo)
        _escribir_fila(nueva, valores, lugar.zona)
        tabla.append(nueva)


def _limpiar_marcadores(tabla: etree._Element, zona: str) -> None:
    """Saca los marcadores de la zona que quedaron dentro de la tabla."""
    numeros = set()
    for inicio in list(tabla.iter(q("w:bookmarkStart"))):
        if zona_de_marcador(valor(inicio, "w:name") or "") == zona:
            numeros.add(valor(inicio, "w:id"))
            _quitar(inicio)
    for fin in list(tabla.iter(q("w:bookmarkEnd"))):
        if valor(fin, "w:id") in numeros:
            _quitar(fin)


def _quitar(nodo: etree._Element) -> None:
    padre = nodo.getparent()
    if padre is not None:
        padre.remove(nodo)


def _envolver_tabla(lugar: Lugar, tabla: etree._Element, nombre: str) -> None:
    """Deja la tabla sola dentro de su control, con el marcador alrededor."""
    control = lugar.control
    extremos = (_marcador("Start", nombre), _marcador("End", nombre))
    if control is None or lugar.como == MARCADOR:
        control = _control(lugar.zona, [])
        tabla.addprevious(control)
        contenido = control.find(q("w:sdtContent"))
    else:
        _identificar(control, lugar.zona)
        contenido = control.find(q("w:sdtContent"))
        resto = (
            [] if contenido is None else [h for h in contenido if h is not tabla and h.tag in _NIVEL_BLOQUE]
        )
        for hijo in reversed(resto):
            control.addnext(hijo)
    if contenido is not None:
        contenido[:] = [extremos[0], tabla, extremos[1]]


def _escribir_fila(
    fila: etree._Element, valores: Sequence[str], zona: str, *, solo_si_cambia: bool = False
) -> None:
    celdas = fila.findall(q("w:tc"))
    if len(valores) > len(celdas):
        raise ConfiguracionInvalida(
            f"la tabla «{ZONAS[zona]}» del documento tiene {len(celdas)} columnas",
            esperado=f"{len(valores)} columnas",
            hacer="Corrija la plantilla del tipo de documento.",
        )
    for n, celda in enumerate(celdas):
        texto = limpiar(valores[n]) if n < len(valores) else ""
        actual = "".join(t.text or "" for t in celda.iter(q("w:t")))
        if not (solo_si_cambia and actual == texto):
            _escribir_celda(celda, texto)


def _escribir_celda(celda: etree._Element, texto: str) -> None:
    parrafos = celda.findall(q("w:p"))
    primero = parrafos[0] if parrafos else etree.SubElement(celda, q("w:p"))
    for sobra in [hijo for hijo in celda if hijo is not primero and hijo.tag in _NIVEL_BLOQUE]:
        celda.remove(sobra)
    _escribir_parrafo(primero, texto, None)


def _escribir_parrafo(parrafo: etree._Element, texto: str, nombre: str | None) -> None:
    """Reemplaza el contenido de un párrafo, con su formato; `nombre` le pone un marcador alrededor."""
    formato, ppr = _primer_formato(parrafo), parrafo.find(q("w:pPr"))
    interior = _interior(nombre or "", formato, texto)
    parrafo[:] = ([] if ppr is None else [ppr]) + (interior if nombre else interior[1:2])
