"""Estilos y numeración del marco: lo mínimo que usan las plantillas, con nombres que Word reconoce.

Los identificadores son los internos de Word en inglés (`Heading1`, `ListBullet`): Word en español los
muestra traducidos y los lectores que buscan por nombre los encuentran en cualquier idioma.
"""

from marco_paquete import CABECERA

AZUL = "1F3864"
AZUL_MEDIO = "2F5496"
AZUL_TENUE = "E9EEF6"
GRIS = "595959"
GRIS_LINEA = "BFC5CF"
GRIS_FONDO = "F3F4F6"
FUENTE = "Calibri"

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _parrafo(ident: str, nombre: str, ppr: str = "", rpr: str = "", **mas: str) -> str:
    """Un estilo de párrafo; `mas`: base, siguiente, enlace de uso (`q="no"` lo saca de la galería)."""
    base = mas.get("base", "Normal")
    partes = [
        f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{nombre}"/>',
        f'<w:basedOn w:val="{base}"/>' if base else "",
        f'<w:next w:val="{mas["siguiente"]}"/>' if "siguiente" in mas else "",
        f'<w:uiPriority w:val="{mas.get("prioridad", "20")}"/>',
        "" if mas.get("q") == "no" else "<w:qFormat/>",
        f"<w:pPr>{ppr}</w:pPr>" if ppr else "",
        f"<w:rPr>{rpr}</w:rPr>" if rpr else "",
        "</w:style>",
    ]
    return "".join(partes)


def _titulo(nivel: int, medio_punto: int, antes: int, despues: int, color: str) -> str:
    return _parrafo(
        f"Heading{nivel}",
        f"heading {nivel}",
        f'<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="{nivel - 1}"/><w:numId w:val="1"/></w:numPr>'
        f'<w:spacing w:before="{antes}" w:after="{despues}" w:line="240" w:lineRule="auto"/>'
        f'<w:outlineLvl w:val="{nivel - 1}"/>',
        f'<w:b/><w:color w:val="{color}"/><w:sz w:val="{medio_punto}"/><w:szCs w:val="{medio_punto}"/>',
        siguiente="Normal",
        prioridad="9",
    )


def _numerado(
    ident: str, nombre: str, lista: tuple[int, int], ppr: str, *, rpr: str = "", antes: str = ""
) -> str:
    """Un estilo enlazado a (lista, nivel); `antes` va delante de la numeración, como pide el esquema."""
    num, ilvl = lista
    nivel = f'<w:ilvl w:val="{ilvl}"/>' if ilvl else ""
    return _parrafo(ident, nombre, f'{antes}<w:numPr>{nivel}<w:numId w:val="{num}"/></w:numPr>{ppr}', rpr)


def _borde(lado: str, color: str = GRIS_LINEA, grosor: int = 4) -> str:
    return f'<w:{lado} w:val="single" w:sz="{grosor}" w:space="0" w:color="{color}"/>'


_DEFECTOS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FUENTE}" w:hAnsi="{FUENTE}" '
    f'w:eastAsia="{FUENTE}" w:cs="{FUENTE}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
    '<w:lang w:val="es-CL" w:eastAsia="es-CL" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="120" w:line="271" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
)

_BASE = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    "<w:pPr><w:widowControl/></w:pPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)

_TABLA = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="TablaSGC"><w:name w:val="Tabla SGC"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/><w:tblPr><w:tblBorders>'
    + _borde("top", AZUL, 8)
    + _borde("left")
    + _borde("bottom", AZUL, 8)
    + _borde("right")
    + _borde("insideH")
    + _borde("insideV")
    + '</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{AZUL}"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="TablaMarco"><w:name w:val="Tabla de marco"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:tblPr><w:tblBorders>'
    + "".join(_borde(lado) for lado in ("top", "left", "bottom", "right", "insideH", "insideV"))
    + '</w:tblBorders><w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)

_CARACTER = (
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:uiPriority w:val="22"/>'
    "<w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:uiPriority w:val="20"/>'
    "<w:qFormat/><w:rPr><w:i/><w:iCs/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:uiPriority w:val="99"/>'
    f'<w:rPr><w:color w:val="{AZUL_MEDIO}"/><w:u w:val="single"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="Requisito"><w:name w:val="Requisito"/>'
    f'<w:uiPriority w:val="21"/><w:qFormat/><w:rPr><w:color w:val="{GRIS}"/><w:sz w:val="16"/>'
    '<w:szCs w:val="16"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="Etiqueta"><w:name w:val="Etiqueta"/>'
    f'<w:uiPriority w:val="21"/><w:qFormat/><w:rPr><w:color w:val="{GRIS}"/><w:sz w:val="16"/>'
    '<w:szCs w:val="16"/></w:rPr></w:style>'
)


def _espacio(antes: int, despues: int, linea: int = 240) -> str:
    return f'<w:spacing w:before="{antes}" w:after="{despues}" w:line="{linea}" w:lineRule="auto"/>'


def _cuerpo(medio_punto: int, color: str | None = None, antes: str = "") -> str:
    tinte = f'<w:color w:val="{color}"/>' if color else ""
    return f'{antes}{tinte}<w:sz w:val="{medio_punto}"/><w:szCs w:val="{medio_punto}"/>'


def _parrafos() -> str:
    linea = f'<w:bottom w:val="single" w:sz="18" w:space="6" w:color="{AZUL}"/>'
    regla = f"<w:pBdr>{linea}</w:pBdr>{_espacio(0, 160)}"
    return "".join(
        (
            _titulo(1, 30, 360, 120, AZUL),
            _titulo(2, 25, 280, 100, AZUL_MEDIO),
            _titulo(3, 22, 220, 80, AZUL_MEDIO),
            _titulo(4, 21, 180, 60, GRIS),
            _parrafo("Title", "Title", regla, _cuerpo(44, AZUL, "<w:b/>"), prioridad="10"),
            _parrafo(
                "Subtitle",
                "Subtitle",
                _espacio(0, 60),
                _cuerpo(22, GRIS, "<w:caps/>").replace("<w:sz ", '<w:spacing w:val="30"/><w:sz ', 1),
                prioridad="11",
            ),
            _parrafo("AirePortada", "Aire de portada", _espacio(0, 2600), q="no"),
            _parrafo("Institucion", "Institución", _espacio(0, 40), _cuerpo(24, AZUL, "<w:b/>")),
            _parrafo("Header", "header", _espacio(0, 0), _cuerpo(17), q="no", prioridad="99"),
            _parrafo(
                "EncabezadoServicio",
                "Encabezado: servicio",
                rpr=_cuerpo(18, AZUL, "<w:b/>"),
                base="Header",
                q="no",
            ),
            _parrafo(
                "EncabezadoTitulo",
                "Encabezado: título",
                '<w:jc w:val="center"/>',
                _cuerpo(20, AZUL, "<w:b/>"),
                base="Header",
                q="no",
            ),
            _parrafo(
                "Footer",
                "footer",
                f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="{GRIS_LINEA}"/></w:pBdr>'
                + _espacio(0, 0),
                _cuerpo(15, GRIS),
                q="no",
                prioridad="99",
            ),
            _parrafo("PieDato", "Pie: dato", _espacio(0, 0), _cuerpo(15, GRIS), q="no"),
            _parrafo(
                "TOCHeading",
                "TOC Heading",
                f"<w:keepNext/>{_espacio(0, 160)}",
                _cuerpo(30, AZUL, "<w:b/>"),
                prioridad="39",
            ),
            _parrafo("TOC1", "toc 1", _espacio(60, 20), _cuerpo(21, AZUL, "<w:b/>"), prioridad="39", q="no"),
            _parrafo("TOC2", "toc 2", _espacio(0, 10) + '<w:ind w:left="284"/>', prioridad="39", q="no"),
            _parrafo(
                "TituloBloque",
                "Título de bloque",
                f"<w:keepNext/>{_espacio(300, 100)}",
                _cuerpo(24, AZUL, "<w:b/>"),
                siguiente="Normal",
            ),
            _parrafo("TextoTabla", "Texto de tabla", _espacio(0, 0), _cuerpo(18)),
            _parrafo(
                "TextoTablaChica", "Texto de tabla chica", _espacio(0, 0), _cuerpo(16), base="TextoTabla"
            ),
            _parrafo(
                "EncabezadoTabla",
                "Encabezado de tabla",
                f"<w:keepNext/>{_espacio(0, 0)}",
                _cuerpo(18, "FFFFFF", "<w:b/>"),
            ),
            _parrafo(
                "EncabezadoTablaChica",
                "Encabezado de tabla chica",
                rpr='<w:sz w:val="16"/><w:szCs w:val="16"/>',
                base="EncabezadoTabla",
            ),
            _parrafo("EtiquetaTabla", "Etiqueta de tabla", _espacio(0, 0), _cuerpo(18, AZUL, "<w:b/>")),
            _parrafo(
                "Guia",
                "Guía de redacción",
                "",
                _cuerpo(20, GRIS, "<w:i/>"),
            ),
            _parrafo("Cierre", "Cierre", _espacio(140, 120, 271)),
            _parrafo("Nota", "Nota", _espacio(60, 80), _cuerpo(18, GRIS)),
            _parrafo("Separador", "Separador", _espacio(0, 0, 120), _cuerpo(12), q="no"),
            _parrafo("Figura", "Figura", f'<w:keepNext/>{_espacio(120, 60)}<w:jc w:val="center"/>'),
            _numerado("ListBullet", "List Bullet", (2, 0), _espacio(0, 60, 264)),
            _numerado("ListBullet2", "List Bullet 2", (2, 1), _espacio(0, 40, 264)),
            _numerado("Paso", "Paso", (1, 4), _espacio(60, 60, 264)),
            _numerado("Subpaso", "Subpaso", (1, 5), _espacio(0, 40, 264)),
            _numerado(
                "EpigrafeTabla",
                "Epígrafe de tabla",
                (3, 0),
                _espacio(160, 80),
                rpr=_cuerpo(18, GRIS, "<w:b/>"),
                antes="<w:keepNext/>",
            ),
            _numerado(
                "EpigrafeFigura",
                "Epígrafe de figura",
                (4, 0),
                f'{_espacio(40, 160)}<w:jc w:val="center"/>',
                rpr=_cuerpo(18, GRIS, "<w:b/>"),
            ),
        )
    )


def estilos() -> bytes:
    """`word/styles.xml`."""
    # El orden de los hijos de pPr lo fija el esquema; el validador lo comprueba sobre cada plantilla.
    cuerpo = _DEFECTOS + _BASE + _parrafos() + _CARACTER + _TABLA
    return f"{CABECERA}<w:styles {_W}>{cuerpo}</w:styles>".encode()


def _nivel(ilvl: int, formato: str, muestra: str, sangria: int, **mas: str) -> str:
    """Un nivel de lista; `mas`: estilo, colgante, rpr, sufijo."""
    colgante = mas.get("colgante", str(sangria))
    estilo = f'<w:pStyle w:val="{mas["estilo"]}"/>' if "estilo" in mas else ""
    sufijo = f'<w:suff w:val="{mas["sufijo"]}"/>' if "sufijo" in mas else ""
    rpr = f"<w:rPr>{mas['rpr']}</w:rPr>" if "rpr" in mas else ""
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{formato}"/>{estilo}{sufijo}'
        f'<w:lvlText w:val="{muestra}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{sangria}" w:hanging="{colgante}"/></w:pPr>{rpr}</w:lvl>'
    )


def _lista(ident: int, tipo: str, niveles: str) -> str:
    clase = f'<w:multiLevelType w:val="{tipo}"/>'
    return f'<w:abstractNum w:abstractNumId="{ident}">{clase}{niveles}</w:abstractNum>'


def numeracion() -> bytes:
    """`word/numbering.xml`: 1 títulos y pasos, 2 viñetas, 3 epígrafes de tabla, 4 epígrafes de figura.

    Los pasos cuelgan de la misma lista que los títulos: así vuelven a 1 en cada título por sí solos.
    """
    simbolo = f'<w:color w:val="{AZUL_MEDIO}"/>'
    fuerte = f'<w:b/><w:color w:val="{AZUL_MEDIO}"/>'
    titulos = (
        _nivel(0, "decimal", "%1", 567, estilo="Heading1")
        + _nivel(1, "decimal", "%1.%2", 680, estilo="Heading2")
        + _nivel(2, "decimal", "%1.%2.%3", 794, estilo="Heading3")
        + _nivel(3, "decimal", "%1.%2.%3.%4", 907, estilo="Heading4")
        + _nivel(4, "decimal", "%5.", 397, estilo="Paso", rpr=fuerte)
        + _nivel(5, "lowerLetter", "%6)", 794, estilo="Subpaso", colgante="397", rpr=simbolo)
    )
    vinietas = _nivel(0, "bullet", "•", 397, estilo="ListBullet", colgante="284", rpr=simbolo) + _nivel(
        1, "bullet", "–", 737, estilo="ListBullet2", colgante="284", rpr=simbolo
    )
    listas = (
        _lista(1, "multilevel", titulos)
        + _lista(2, "hybridMultilevel", vinietas)
        + _lista(
            3, "singleLevel", _nivel(0, "decimal", "Tabla %1.", 0, estilo="EpigrafeTabla", sufijo="space")
        )
        + _lista(
            4, "singleLevel", _nivel(0, "decimal", "Figura %1.", 0, estilo="EpigrafeFigura", sufijo="space")
        )
    )
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, 5))
    return f"{CABECERA}<w:numbering {_W}>{listas}{nums}</w:numbering>".encode()
