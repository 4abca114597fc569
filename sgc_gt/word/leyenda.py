"""La línea en letra chica al pie de la página: dice en texto lo que la marca de agua dice en dibujo.

Un lector de pantalla y una búsqueda no ven una marca de agua; esta línea, sí. Va en un cuadro fijo a la
página y anclado al encabezado: no corre una sola línea del documento ni depende de su pie.
"""

from __future__ import annotations

import math

from lxml import etree

from sgc_gt.word.nombres import NS, W, q, valor
from sgc_gt.word.texto import limpiar

MARGEN_PT = 36
BAJO_PT = 9
"""Lo que queda libre bajo la línea: menos que eso, muchas impresoras no lo imprimen."""
TAMANOS_PT = (7, 6)
"""Si no cabe en una línea, en letra más chica: la segunda no debe subir hasta el pie del documento."""
ANCHO_LETRA = 0.51
"""El ancho medio de una letra, en proporción a su tamaño."""
ANCHO_CARTA = 12240
"""El ancho de una página que no dice el suyo, en veinteavos de punto."""
_ESTILO = (
    "position:absolute;margin-left:0;margin-top:0;width:{ancho}pt;height:{alto}pt;z-index:251659264;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:page;"
    "mso-position-vertical:bottom;mso-position-vertical-relative:page;v-text-anchor:bottom"
)
_CUADRO = (
    f'<w:r xmlns:w="{W}" xmlns:v="{NS["v"]}" xmlns:o="{NS["o"]}"><w:rPr><w:noProof/></w:rPr><w:pict>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
    '<v:shape id="{nombre}" o:spid="_x0000_s{spid}" type="#_x0000_t202" '
    f'style="{_ESTILO}" o:allowincell="f" filled="f" stroked="f">'
    '<v:textbox inset="0,0,0,{bajo}pt"><w:txbxContent><w:p><w:pPr><w:spacing w:before="0" '
    'w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:left="0" w:right="0" '
    'w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
    "<w:r><w:rPr>"
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:b/><w:color w:val="404040"/>'
    '<w:sz w:val="{medios}"/><w:szCs w:val="{medios}"/><w:lang w:val="es-CL"/></w:rPr>'
    '<w:t xml:space="preserve"/>'
    "</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def cuadro(texto: str, nombre: str, spid: int, ancho_pt: int) -> etree._Element:
    """El tramo con la línea, listo para agregar a un párrafo de un encabezado."""
    tamano = next((t for t in TAMANOS_PT if _lineas(texto, t, ancho_pt) == 1), TAMANOS_PT[-1])
    # El cuadro mide lo que su texto: así da igual si el programa lo apoya arriba o abajo.
    alto = round(_lineas(texto, tamano, ancho_pt) * tamano * 1.25) + BAJO_PT
    medidas = {"ancho": ancho_pt, "alto": alto, "bajo": BAJO_PT, "medios": 2 * tamano}
    tramo = etree.fromstring(_CUADRO.format(nombre=nombre, spid=spid, **medidas))
    for nodo in tramo.iter(q("w:t")):
        nodo.text = limpiar(texto)
    return tramo


def _lineas(texto: str, tamano: int, ancho_pt: int) -> int:
    """Cuántas líneas ocupa el texto, según el ancho medio de sus letras."""
    return math.ceil(len(texto) * tamano * ANCHO_LETRA / ancho_pt)


def ancho_comun(documento: etree._Element) -> int:
    """El ancho, en puntos, que cabe en todas las páginas del documento: verticales, apaisadas o chicas."""
    anchos = [
        int(dicho)
        for nodo in documento.iter(q("w:pgSz"))
        if (dicho := valor(nodo, "w:w") or "").isascii() and dicho.isdecimal()
    ]
    return max(min(anchos, default=ANCHO_CARTA) // 20 - 2 * MARGEN_PT, 2 * MARGEN_PT)
