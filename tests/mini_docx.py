"""Documentos Word de prueba escritos en una línea, para leerlos junto a lo que se afirma de ellos.

    mini_docx("T1 Objetivo / p Un texto / tabla 2x3 / zona codigo")

Órdenes, separadas por « / » o saltos de línea:

    T1 texto          título de nivel 1 a 9        p texto           párrafo
    l1 texto          viñeta de nivel 1 a 3        n1 texto          paso numerado
    tabla 2x3         celdas «f1c1»…               tabla a|b;c|d     celdas dadas
    zona codigo       párrafo «Dato: » + zona      zona firmas       zona de tabla (encabezado y fila modelo)
    nota texto :: pie texto con nota al pie        enlace texto -> destino
    imagen alt        PNG en línea                 toc               campo de índice
    tachado texto · oculto texto · campo SEQ Tabla · salto (de página) · cuadro texto (cuadro de texto)
    xml <w:p>…</w:p>  XML tal cual

Dentro de un texto, `{{ … }}` y `{% … %}` quedan como etiquetas de plantilla.
"""

import struct
import zlib
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from sgc_gt.word.nombres import NS, ZONAS
from sgc_gt.word.paquete import empaquetar

_DECLARA = " ".join(
    f'xmlns:{p}="{NS[p]}"' for p in ("w", "r", "wp", "a", "pic", "mc", "wps", "v", "o", "w14")
)
_CABECERA = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFI = "http://schemas.openxmlformats.org/officeDocument/2006"
_PAQ = "http://schemas.openxmlformats.org/package/2006"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
COLUMNAS = {
    "firmas": ("Responsabilidad", "Nombre", "Cargo", "Calidad", "Firma", "Fecha"),
    "cambios": ("Versión", "Fecha", "Sección", "Descripción del cambio", "Motivo", "Aprobó"),
}


def png(ancho: int = 40, alto: int = 20, color: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    """Una imagen PNG lisa."""

    def trozo(clase: bytes, datos: bytes) -> bytes:
        return struct.pack(">I", len(datos)) + clase + datos + struct.pack(">I", zlib.crc32(clase + datos))

    filas = (b"\0" + bytes(color) * ancho) * alto
    cabecera = struct.pack(">IIBBBBB", ancho, alto, 8, 2, 0, 0, 0)
    firma = b"\x89PNG\r\n\x1a\n"
    return firma + trozo(b"IHDR", cabecera) + trozo(b"IDAT", zlib.compress(filas)) + trozo(b"IEND", b"")


def mini_docx(
    guion: str,
    *,
    encabezado: str = "",
    pie: str = "",
    imagen: bytes = png(),
    partes: Mapping[str, bytes] | None = None,
) -> bytes:
    """El documento del guion. `partes` agrega o reemplaza partes del paquete."""
    return empaquetar(mini_partes(guion, encabezado=encabezado, pie=pie, imagen=imagen) | dict(partes or {}))


def mini_partes(
    guion: str, *, encabezado: str = "", pie: str = "", imagen: bytes = png()
) -> dict[str, bytes]:
    """Lo mismo, sin empaquetar."""
    obra = _Obra()
    cuerpo = obra.bloques(guion, "")
    referencias, extras = "", {}
    for clase, contenido, sufijo in (("header", encabezado, "h1"), ("footer", pie, "p1")):
        if contenido:
            raiz = {"header": "hdr", "footer": "ftr"}[clase]
            xml = f"<w:{raiz} {_DECLARA}>{obra.bloques(contenido, sufijo)}</w:{raiz}>"
            extras[f"word/{clase}1.xml"] = (_CABECERA + xml).encode()
            rid = obra.relacion(clase, f"{clase}1.xml")
            referencias += f'<w:{clase}Reference w:type="default" r:id="{rid}"/>'
    seccion = (
        f'<w:sectPr>{referencias}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1134" '
        'w:bottom="1134" w:left="1134" w:header="567" w:footer="454" w:gutter="0"/></w:sectPr>'
    )
    documento = f"<w:document {_DECLARA}><w:body>{cuerpo}{seccion}</w:body></w:document>"
    return _armar(documento, obra, extras, imagen)


class _Obra:
    """Lo que se va juntando mientras se lee el guion: relaciones, notas, marcadores."""

    def __init__(self) -> None:
        self.relaciones: list[tuple[str, str, str, bool]] = []
        self.notas: list[str] = []
        self.siguiente = 0
        self.zonas: dict[tuple[str, str], int] = {}
        self.relacion("styles", "styles.xml")
        self.relacion("numbering", "numbering.xml")
        self.relacion("footnotes", "footnotes.xml")
        self.relacion("settings", "settings.xml")

    def relacion(self, clase: str, destino: str, *, externa: bool = False) -> str:
        self.relaciones.append((f"rId{len(self.relaciones) + 1}", clase, destino, externa))
        return self.relaciones[-1][0]

    def bloques(self, guion: str, sufijo: str) -> str:
        lineas = [parte.strip() for linea in guion.split("\n") for parte in linea.split(" / ")]
        return "".join(self._bloque(linea, sufijo) for linea in lineas if linea)

    def _bloque(self, linea: str, sufijo: str) -> str:
        orden, _, resto = linea.partition(" ")
        if orden[0] == "T" and orden[1:].isdigit():
            return _p(_r(resto), estilo=f"Heading{orden[1:]}")
        if orden[0] in "ln" and orden[1:].isdigit():
            lista = 2 if orden[0] == "l" else 3
            numero = f'<w:numPr><w:ilvl w:val="{int(orden[1:]) - 1}"/><w:numId w:val="{lista}"/></w:numPr>'
            return _p(_r(resto), formato=numero)
        ordenes: dict[str, Callable[[], str]] = {
            "p": lambda: _p(_r(resto)),
            "tabla": lambda: _tabla(_celdas(resto)),
            "zona": lambda: self._zona(resto, sufijo),
            "nota": lambda: self._nota(resto),
            "enlace": lambda: self._enlace(resto),
            "imagen": lambda: self._imagen(resto),
            "toc": lambda: _p(_campo(r' TOC \o "1-2" \h \z \n ', "El índice"), estilo="TOC1"),
            "campo": lambda: _p(_r("Campo ") + _campo(f" {resto} ", "7")),
            "tachado": lambda: _p(_r("antes ") + _r(resto, "<w:strike/>")),
            "oculto": lambda: _p(_r("antes ") + _r(resto, "<w:vanish/>")),
            "salto": lambda: _p('<w:r><w:br w:type="page"/></w:r>'),
            "cuadro": lambda: _cuadro(resto),
            "xml": lambda: resto,
        }
        return ordenes[orden]()

    def _id(self) -> int:
        self.siguiente += 1
        return self.siguiente

    def _zona(self, zona: str, sufijo: str) -> str:
        n = self.zonas[zona, sufijo] = self.zonas.get((zona, sufijo), 0) + 1
        cola = sufijo + (f"b{n}" if n > 1 else "")
        nombre = f"_sgc_{zona}" + (f"_{cola}" if cola else "")
        numero = self._id()
        propiedades = (
            f'<w:sdtPr><w:alias w:val="{ZONAS[zona]}"/><w:tag w:val="sgc:{zona}"/>'
            f'<w:id w:val="{9000 + numero}"/><w:lock w:val="sdtContentLocked"/></w:sdtPr>'
        )
        if zona in COLUMNAS:
            dentro = _tabla([list(COLUMNAS[zona]), ["—"] * len(COLUMNAS[zona])])
        else:
            dentro = _r(f"[{zona}]")
        inicio = f'<w:bookmarkStart w:id="{numero}" w:name="{nombre}"/>'
        sdt = f'<w:sdt>{propiedades}<w:sdtContent>{inicio}{dentro}<w:bookmarkEnd w:id="{numero}"/></w:sdtContent></w:sdt>'
        return sdt if zona in COLUMNAS else _p(_r("Dato: ") + sdt)

    def _nota(self, resto: str) -> str:
        texto, _, nota = resto.partition(" :: ")
        self.notas.append(nota)
        llamada = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{len(self.notas) + 1}"/></w:r>'
        return _p(_r(texto) + llamada + _r(" sigue"))

    def _enlace(self, resto: str) -> str:
        texto, _, destino = resto.partition(" -> ")
        if destino.startswith("#"):
            return _p(f'<w:hyperlink w:anchor="{destino[1:]}">{_r(texto)}</w:hyperlink>')
        rid = self.relacion("hyperlink", destino, externa=True)
        return _p(_r("Vea ") + f'<w:hyperlink r:id="{rid}">{_r(texto)}</w:hyperlink>')

    def _imagen(self, alt: str) -> str:
        rid = self.relacion("image", "media/image1.png")
        return _p(_r("Figura: ") + _dibujo(rid, alt, self._id()))


def _p(contenido: str, estilo: str = "", formato: str = "") -> str:
    ppr = (f'<w:pStyle w:val="{estilo}"/>' if estilo else "") + formato
    return f"<w:p>{f'<w:pPr>{ppr}</w:pPr>' if ppr else ''}{contenido}</w:p>"


def _r(texto: str, formato: str = "") -> str:
    rpr = f"<w:rPr>{formato}</w:rPr>" if formato else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape(texto)}</w:t></w:r>'


def _campo(instruccion: str, resultado: str) -> str:
    def marca(clase: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{clase}"/></w:r>'

    codigo = f'<w:r><w:instrText xml:space="preserve">{escape(instruccion)}</w:instrText></w:r>'
    return marca("begin") + codigo + marca("separate") + _r(resultado) + marca("end")


def _celdas(resto: str) -> list[list[str]]:
    alto, x, ancho = resto.partition("x")
    if x and alto.isdigit() and ancho.isdigit():
        return [[f"f{f}c{c}" for c in range(1, int(ancho) + 1)] for f in range(1, int(alto) + 1)]
    return [fila.split("|") for fila in resto.split(";")]


def _tabla(filas: list[list[str]]) -> str:
    ancho = 9000 // len(filas[0])
    rejilla = "".join(f'<w:gridCol w:w="{ancho}"/>' for _ in filas[0])
    cuerpo = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{ancho}" w:type="dxa"/></w:tcPr>{_p(_r(c))}</w:tc>' for c in fila
        )
        + "</w:tr>"
        for fila in filas
    )
    return f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid>{rejilla}</w:tblGrid>{cuerpo}</w:tbl>'


def _dibujo(rid: str, alt: str, numero: int) -> str:
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="1440000" cy="720000"/>'
        f'<wp:docPr id="{numero}" name="Figura {numero}" descr="{escape(alt)}"/><a:graphic><a:graphicData '
        f'uri="{NS["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="f"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="1440000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _cuadro(texto: str) -> str:
    return _p(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" '
        'distR="0"><wp:extent cx="2000000" cy="600000"/><wp:docPr id="77" name="Cuadro"/><a:graphic><a:graphicData '
        f'uri="{NS["wps"]}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext '
        'cx="2000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>'
        f"<w:txbxContent>{_p(_r(texto))}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def _armar(documento: str, obra: _Obra, extras: Mapping[str, bytes], imagen: bytes) -> dict[str, bytes]:
    con_imagen = any(clase == "image" for _, clase, _, _ in obra.relaciones)
    rels = "".join(
        f'<Relationship Id="{i}" Type="{_OFI}/relationships/{clase}" Target="{escape(destino)}"'
        + (' TargetMode="External"/>' if externa else "/>")
        for i, clase, destino, externa in obra.relaciones
    )
    tipos = {
        "word/document.xml": "document.main",
        "word/styles.xml": "styles",
        "word/numbering.xml": "numbering",
        "word/footnotes.xml": "footnotes",
        "word/settings.xml": "settings",
    } | {nombre: nombre.split("/")[1].rstrip("1.xml") for nombre in extras}
    sobre = "".join(f'<Override PartName="/{n}" ContentType="{_WML}.{t}+xml"/>' for n, t in tipos.items())
    textos = {
        "[Content_Types].xml": f'<Types xmlns="{_PAQ}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Default Extension="png" ContentType="image/png"/>{sobre}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PAQ}/relationships"><Relationship Id="rId1" Type="{_OFI}'
        '/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PAQ}/relationships">{rels}</Relationships>',
        "word/document.xml": documento,
        "word/styles.xml": f"<w:styles {_DECLARA}>{_ESTILOS}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_DECLARA}>{_NUMERACION}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {_DECLARA}>{_notas(obra.notas)}</w:footnotes>",
        "word/settings.xml": f"<w:settings {_DECLARA}>{_AJUSTES}</w:settings>",
    }
    partes = {nombre: (_CABECERA + texto).encode() for nombre, texto in textos.items()} | dict(extras)
    return partes | ({"word/media/image1.png": imagen} if con_imagen else {})


def _notas(notas: list[str]) -> str:
    separadores = "".join(
        f'<w:footnote w:type="{clase}" w:id="{n}"><w:p><w:r><w:{marca}/></w:r></w:p></w:footnote>'
        for n, (clase, marca) in enumerate(
            (("separator", "separator"), ("continuationSeparator", "continuationSeparator"))
        )
    )
    return separadores + "".join(
        f'<w:footnote w:id="{n}">{_p("<w:r><w:footnoteRef/></w:r>" + _r(" " + nota))}</w:footnote>'
        for n, nota in enumerate(notas, start=2)
    )


_AJUSTES = (
    '<w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
_ESTILOS = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:pPr><w:numPr><w:ilvl w:val="{n - 1}"/><w:numId w:val="1"/></w:numPr>'
        f'<w:outlineLvl w:val="{n - 1}"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        for n in range(1, 10)
    )
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="TOC{n}"><w:name w:val="toc {n}"/><w:basedOn w:val="Normal"/></w:style>'
        for n in (1, 2)
    )
)


def _lista(numero: int, clase: str, textos: list[str]) -> str:
    niveles = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{clase}"/>'
        + (f'<w:pStyle w:val="Heading{n + 1}"/>' if numero == 1 else "")
        + f'<w:lvlText w:val="{texto}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (n + 1)}" '
        'w:hanging="360"/></w:pPr></w:lvl>'
        for n, texto in enumerate(textos)
    )
    return f'<w:abstractNum w:abstractNumId="{numero}"><w:multiLevelType w:val="multilevel"/>{niveles}</w:abstractNum>'


_NUMERACION = (
    _lista(1, "decimal", [".".join(f"%{m}" for m in range(1, n + 1)) for n in range(1, 10)])
    + _lista(2, "bullet", ["•", "–", "·"])
    + _lista(3, "decimal", ["%1.", "%2)", "%3."])
    + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3))
)
