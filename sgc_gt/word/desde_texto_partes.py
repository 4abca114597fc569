"""Las partes fijas de un documento hecho desde texto: estilos, viñetas, pie de página y relaciones.

Los nombres de estilo son los internos de Word (`Heading1`, «heading 1»): cada Word los muestra en su idioma
y el lector de secciones los reconoce en cualquiera.
"""

from __future__ import annotations

from sgc_gt.word.nombres import NS

AZUL, AZUL_MEDIO, GRIS = "1F3864", "2F5496", "595959"
VINETAS, PRIMERA_LISTA = 1, 10
"""El número de la lista de viñetas y el de la primera lista de pasos."""
CABECERA = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DECLARA = f'xmlns:w="{NS["w"]}" xmlns:r="{NS["r"]}"'
_PAQ = "http://schemas.openxmlformats.org/package/2006"
_OFI = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTES = {
    "document": "document.main",
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "settings": "settings",
    "footer1": "footer",
}


def _espacio(antes: int, despues: int) -> str:
    return f'<w:spacing w:before="{antes}" w:after="{despues}"/>'


def _letra(medio_punto: int, color: str = "", *, negrita: bool = False) -> str:
    tinte = f'<w:color w:val="{color}"/>' if color else ""
    tamano = f'<w:sz w:val="{medio_punto}"/><w:szCs w:val="{medio_punto}"/>'
    return ("<w:b/>" if negrita else "") + tinte + tamano


def _estilo(ident: str, nombre: str, ppr: str, rpr: str = "", siguiente: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{nombre}"/>'
        '<w:basedOn w:val="Normal"/>'
        + (f'<w:next w:val="{siguiente}"/>' if siguiente else "")
        + f"<w:qFormat/><w:pPr>{ppr}</w:pPr>"
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


def _titulo(nivel: int, medio_punto: int, antes: int, color: str) -> str:
    """Un título; su número va escrito, con una tabulación que alinea el texto."""
    sangria = 425 + 142 * nivel
    ppr = (
        f'<w:keepNext/><w:keepLines/><w:tabs><w:tab w:val="left" w:pos="{sangria}"/></w:tabs>'
        f'{_espacio(antes, 100)}<w:ind w:left="{sangria}" w:hanging="{sangria}"/>'
        f'<w:outlineLvl w:val="{nivel - 1}"/>'
    )
    return _estilo(
        f"Heading{nivel}", f"heading {nivel}", ppr, _letra(medio_punto, color, negrita=True), "Normal"
    )


def _preliminar(nivel: int, medio_punto: int) -> str:
    """Un título anterior a las secciones: se ve como tal y no entra en su numeración."""
    ppr = f"<w:keepNext/><w:keepLines/>{_espacio(320 - 60 * nivel, 100)}"
    return _estilo(
        f"Preliminar{nivel}", f"Preliminar {nivel}", ppr, _letra(medio_punto, AZUL, negrita=True), "Normal"
    )


_CENTRO = '<w:jc w:val="center"/>'
ESTILOS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" '
    'w:cs="Calibri"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="es-CL"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="271" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:qFormat/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>'
    + _titulo(1, 30, 360, AZUL)
    + _titulo(2, 25, 280, AZUL_MEDIO)
    + _titulo(3, 22, 220, AZUL_MEDIO)
    + "".join(_titulo(nivel, 21, 180, GRIS) for nivel in range(4, 7))
    + _estilo(
        "Title", "Title",
        f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="6" w:color="{AZUL}"/></w:pBdr>'
        f'{_espacio(0, 240)}<w:jc w:val="left"/>',
        _letra(40, AZUL, negrita=True), "Normal",
    )
    + _preliminar(1, 30)
    + _preliminar(2, 25)
    + _estilo("ListBullet", "List Bullet", '<w:spacing w:after="60"/>')
    + _estilo("ListNumber", "List Number", '<w:spacing w:after="80"/>')
    + _estilo("Definicion", "Definición", '<w:ind w:left="425" w:hanging="425"/>')
    + _estilo("Caption", "caption", _espacio(120, 120) + _CENTRO, f"<w:i/>{_letra(19, GRIS)}")
    + _estilo("FootnoteText", "footnote text", _espacio(0, 40), _letra(17))
    + _estilo("Footer", "footer", '<w:spacing w:after="0"/><w:jc w:val="right"/>', _letra(16, GRIS))
    + '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)  # fmt: skip


def _nivel(n: int, clase: str, texto: str) -> str:
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{clase}"/><w:lvlText w:val="{texto}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{425 * (n + 1)}" w:hanging="340"/></w:pPr></w:lvl>'
    )


def numeracion(listas: int) -> str:
    """La lista de viñetas y una de pasos por cada una del texto, que parte de uno."""
    signos = "".join(_nivel(n, "bullet", "•–▪–"[n % 4]) for n in range(9))
    pasos = "".join(_nivel(n, "decimal", f"%{n + 1}.") for n in range(9))
    abstractas = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="multilevel"/>{niveles}'
        "</w:abstractNum>"
        for n, niveles in ((1, signos), (2, pasos))
    )
    reinicia = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    propias = "".join(
        f'<w:num w:numId="{PRIMERA_LISTA + n}"><w:abstractNumId w:val="2"/>{reinicia}</w:num>'
        for n in range(listas)
    )
    return f'{abstractas}<w:num w:numId="{VINETAS}"><w:abstractNumId w:val="1"/></w:num>{propias}'


AJUSTES = (
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="es-CL"/>'
)
SEPARADORES = "".join(
    f'<w:footnote w:type="{clase}" w:id="{n}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:{clase}/>'
    "</w:r></w:p></w:footnote>"
    for n, clase in ((-1, "separator"), (0, "continuationSeparator"))
)


def _calculado(campo: str) -> str:
    return f'<w:fldSimple w:instr=" {campo} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


PIE = (
    '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">Página </w:t></w:r>'
    + _calculado("PAGE")
    + '<w:r><w:t xml:space="preserve"> de </w:t></w:r>'
    + _calculado("NUMPAGES")
    + "</w:p>"
)
PAGINA = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rIdfooter1"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1247" w:left="1417" w:header="709" w:footer="567" '
    'w:gutter="0"/></w:sectPr>'
)


def paquete() -> dict[str, str]:
    """Las partes que no dependen del texto: tipos de contenido y relaciones."""
    tipos = "".join(
        f'<Override PartName="/word/{parte}.xml" ContentType="{_WML}.{tipo}+xml"/>'
        for parte, tipo in _PARTES.items()
    )
    rels = "".join(
        f'<Relationship Id="rId{parte}" Type="{_OFI}/{parte.rstrip("1")}" Target="{parte}.xml"/>'
        for parte in _PARTES
        if parte != "document"
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PAQ}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/>{tipos}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PAQ}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFI}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PAQ}/relationships">{rels}</Relationships>',
    }
