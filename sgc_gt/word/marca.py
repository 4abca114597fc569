"""La marca de una copia: texto en diagonal en cada encabezado, como la que pone Word, y una línea al pie."""

from __future__ import annotations

from lxml import etree

from sgc_gt.word.leyenda import ancho_comun, cuadro
from sgc_gt.word.nombres import NS, R, W, escribir_xml, leer_xml, q, valor
from sgc_gt.word.paquete import (
    Partes,
    declarar_tipo,
    documento,
    empaquetar,
    escribir_relaciones,
    quitar_parte,
    relacionar,
    relaciones,
)
from sgc_gt.word.puerta import abrir

NOMBRE = "PowerPlusWaterMarkObject"
"""El nombre que Word da a sus marcas de agua: así también las reconoce y las puede quitar."""
_PARTE_PROPIA = "word/headerMarca"
_TIPO_ENCABEZADO = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_SPID_LEYENDA = 6144  # lejos de los números de las marcas de agua
_ANCHO_PT = 520
_ALTO_MAXIMO_PT = 130
# La figura que escribe Word al insertar una marca de agua de texto: WordArt con el trazado de texto plano.
_ECUACIONES = (
    "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0",
    "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7",
    "sum @6 0 @5",
)  # fmt: skip
_TRAZADO = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    + "".join(f'<v:f eqn="{ecuacion}"/>' for ecuacion in _ECUACIONES)
    + '</v:formulas><v:path textpathok="t" o:connecttype="custom" '
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/>'
    '</v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)
_UBICACION = (
    "position:absolute;margin-left:0;margin-top:0;width:{ancho}pt;height:{alto}pt;rotation:315;"
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)
_FORMA = (
    f'<w:r xmlns:w="{W}" xmlns:v="{NS["v"]}" xmlns:o="{NS["o"]}" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"><w:rPr><w:noProof/></w:rPr><w:pict>'
    + _TRAZADO
    + '<v:shape id="{nombre}{numero}" o:spid="_x0000_s{spid}" type="#_x0000_t136" '
    f'style="{_UBICACION}" o:allowincell="f" fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
    '<v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt;font-weight:bold"/>'
    '<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
)


def marcar(docx: bytes, texto: str | None, leyenda: str = "", *, comprimir: bool = True) -> bytes:
    """Una copia con esa marca de agua y esa línea al pie (sin ellas, las quita). Lo demás no cambia."""
    partes = abrir(docx, "el documento")
    aplicar(partes, texto, leyenda)
    return empaquetar(partes, comprimir=comprimir)


def aplicar(partes: Partes, texto: str | None, leyenda: str = "") -> None:
    """Deja la marca y la línea en todos los encabezados del documento, o en ninguno."""
    principal = documento(partes)
    raiz = leer_xml(partes[principal], principal)
    _quitar_propios(partes, principal, raiz)
    if texto or leyenda:
        _asegurar_encabezados(partes, principal, raiz)
    ancho = ancho_comun(raiz)
    partes[principal] = escribir_xml(raiz)
    encabezados = sorted(
        rel.destino
        for rel in relaciones(partes, principal).values()
        if rel.clase == "header" and rel.destino in partes
    )
    for numero, parte in enumerate(encabezados, start=1):
        encabezado = leer_xml(partes[parte], parte)
        quitar(encabezado)
        if texto:
            poner(encabezado, texto, numero)
        if leyenda:
            nombre = f"{NOMBRE}Leyenda{numero}"
            _ultimo_parrafo(encabezado).append(cuadro(leyenda, nombre, _SPID_LEYENDA + numero, ancho))
        partes[parte] = escribir_xml(encabezado)


def quitar(encabezado: etree._Element) -> None:
    """Saca las marcas de agua y sus líneas, las haya escrito el sistema, Word o LibreOffice.

    Solo el dibujo: LibreOffice lo guarda en el mismo tramo que el campo del número de página.
    """
    for tramo in list(encabezado.iter(q("w:r"))):
        marcas = [hijo for hijo in tramo if es_marca(hijo)]
        for dibujo in marcas:
            tramo.remove(dibujo)
        padre = tramo.getparent()
        if marcas and padre is not None and all(hijo.tag == q("w:rPr") for hijo in tramo):
            padre.remove(tramo)


def es_marca(nodo: etree._Element) -> bool:
    """Si un tramo o dibujo contiene una marca de agua o la línea que la acompaña."""
    return any(NOMBRE in figura.get("id", "") for figura in nodo.iter(q("v:shape"))) or any(
        NOMBRE in figura.get("name", "") for figura in nodo.iter(q("wp:docPr"))
    )


def poner(encabezado: etree._Element, texto: str, numero: int) -> None:
    """Agrega la marca al último párrafo suelto: un párrafo nuevo correría el contenido."""
    ancho_natural = max(len(texto), 1) * 0.62
    tramo = etree.fromstring(
        _FORMA.format(
            nombre=NOMBRE,
            numero=numero,
            spid=2048 + numero,
            ancho=_ANCHO_PT,
            alto=round(min(_ANCHO_PT / ancho_natural, _ALTO_MAXIMO_PT)),
        )
    )
    figura = next(tramo.iter(q("v:shape")))
    for trazado in figura.iter(q("v:textpath")):
        trazado.set("string", texto)
    figura.set("alt", f"Marca de agua: {texto}")
    _ultimo_parrafo(encabezado).append(tramo)


def _ultimo_parrafo(encabezado: etree._Element) -> etree._Element:
    parrafos = encabezado.findall(q("w:p"))
    return parrafos[-1] if parrafos else etree.SubElement(encabezado, q("w:p"))


def _quitar_propios(partes: Partes, principal: str, raiz: etree._Element) -> None:
    """Los encabezados que se crearon solo para llevar la marca."""
    rels = relaciones(partes, principal)
    propios = {rel.id for rel in rels.values() if rel.destino.startswith(_PARTE_PROPIA)}
    for nodo in list(raiz.iter(q("w:headerReference"))):
        padre = nodo.getparent()
        if nodo.get(q("r:id")) in propios and padre is not None:
            padre.remove(nodo)
    for identificador in propios:
        quitar_parte(partes, rels.pop(identificador).destino)
    if propios:
        escribir_relaciones(partes, principal, rels)


def _asegurar_encabezados(partes: Partes, principal: str, raiz: etree._Element) -> None:
    """Un encabezado de cada clase en uso en la primera sección; las demás lo heredan."""
    secciones = list(raiz.iter(q("w:sectPr")))
    if not secciones:
        cuerpo = raiz.find(q("w:body"))
        if cuerpo is None:
            return
        secciones = [etree.SubElement(cuerpo, q("w:sectPr"))]
    clases = ["default"]
    if any(seccion.find(q("w:titlePg")) is not None for seccion in secciones):
        clases.append("first")
    if _pares_e_impares(partes, principal):
        clases.append("even")
    hechas = {valor(nodo, "w:type") for nodo in secciones[0].iterfind(q("w:headerReference"))}
    for clase in clases:
        if clase not in hechas:
            _crear_encabezado(partes, principal, secciones[0], clase)


def _pares_e_impares(partes: Partes, principal: str) -> bool:
    for rel in relaciones(partes, principal).values():
        if rel.clase == "settings" and rel.destino in partes:
            return leer_xml(partes[rel.destino], rel.destino).find(q("w:evenAndOddHeaders")) is not None
    return False


def _crear_encabezado(partes: Partes, principal: str, seccion: etree._Element, clase: str) -> None:
    nombre = f"{_PARTE_PROPIA}_{clase}.xml"
    nuevo = etree.Element(q("w:hdr"), nsmap={"w": W, "r": R})
    etree.SubElement(nuevo, q("w:p"))
    partes[nombre] = escribir_xml(nuevo)
    declarar_tipo(partes, parte=nombre, tipo=_TIPO_ENCABEZADO)
    referencia = etree.Element(q("w:headerReference"))
    referencia.set(q("w:type"), clase)
    referencia.set(q("r:id"), relacionar(partes, principal, "header", nombre))
    seccion.insert(0, referencia)
