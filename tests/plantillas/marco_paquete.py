"""El paquete .docx: partes, relaciones, propiedades y un zip que siempre da los mismos bytes."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

CABECERA = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFI = "http://schemas.openxmlformats.org/officeDocument/2006"
_PAQ = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.microsoft.com/office/word"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TIPOS_FIJOS = {
    "/word/document.xml": f"{_WML}.document.main+xml",
    "/word/styles.xml": f"{_WML}.styles+xml",
    "/word/numbering.xml": f"{_WML}.numbering+xml",
    "/word/settings.xml": f"{_WML}.settings+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}


def _relaciones(pares: Mapping[str, tuple[str, str]]) -> bytes:
    filas = "".join(
        f'<Relationship Id="{ident}" Type="{tipo}" Target="{destino}"/>'
        for ident, (tipo, destino) in pares.items()
    )
    return f'{CABECERA}<Relationships xmlns="{_PAQ}/relationships">{filas}</Relationships>'.encode()


def _tipos(partes: Mapping[str, bytes]) -> bytes:
    tipos = dict(_TIPOS_FIJOS)
    for nombre in partes:
        if nombre.startswith("word/header"):
            tipos[f"/{nombre}"] = f"{_WML}.header+xml"
        elif nombre.startswith("word/footer"):
            tipos[f"/{nombre}"] = f"{_WML}.footer+xml"
    filas = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in tipos.items())
    return (
        f'{CABECERA}<Types xmlns="{_PAQ}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" '
        f'ContentType="image/png"/>{filas}</Types>'
    ).encode()


def _ajustes() -> bytes:
    compat = "".join(
        f'<w:compatSetting w:name="{nombre}" w:uri="{_WORD}" w:val="{valor}"/>'
        for nombre, valor in (("compatibilityMode", 15), ("differentiateMultirowTableHeaders", 1))
    )
    return (
        f'{CABECERA}<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compat}</w:compat><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    ).encode()


def _nucleo(titulo: str) -> bytes:
    return (
        f'{CABECERA}<cp:coreProperties xmlns:cp="{_PAQ}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(titulo)}</dc:title><dc:language>es-CL</dc:language>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()


def _propias(valores: Mapping[str, str]) -> bytes:
    filas = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name="{escape(clave)}">'
        f"<vt:lpwstr>{escape(valor)}</vt:lpwstr></property>"
        for n, (clave, valor) in enumerate(valores.items(), start=2)
    )
    return (
        f'{CABECERA}<Properties xmlns="{_OFI}/custom-properties" xmlns:vt="{_OFI}/docPropsVTypes">'
        f"{filas}</Properties>"
    ).encode()


def armar(partes: Mapping[str, bytes], titulo: str, propias: Mapping[str, str]) -> bytes:
    """El .docx completo. `partes`: document, styles, numbering y los header/footer bajo `word/`."""
    rel = f"{_OFI}/relationships"
    documento = {"rId1": (f"{rel}/styles", "styles.xml"), "rId2": (f"{rel}/numbering", "numbering.xml")}
    documento["rId3"] = (f"{rel}/settings", "settings.xml")
    for nombre in sorted(partes):
        corto = nombre.removeprefix("word/")
        if corto.startswith(("header", "footer")):
            documento[f"r_{corto.removesuffix('.xml')}"] = (f"{rel}/{corto[:6]}", corto)
    todo = dict(partes) | {
        "word/settings.xml": _ajustes(),
        "word/_rels/document.xml.rels": _relaciones(documento),
        "_rels/.rels": _relaciones(
            {
                "rId1": (f"{rel}/officeDocument", "word/document.xml"),
                "rId2": (f"{_PAQ}/relationships/metadata/core-properties", "docProps/core.xml"),
                "rId3": (f"{rel}/extended-properties", "docProps/app.xml"),
                "rId4": (f"{rel}/custom-properties", "docProps/custom.xml"),
            }
        ),
        "docProps/core.xml": _nucleo(titulo),
        "docProps/app.xml": (
            f'{CABECERA}<Properties xmlns="{_OFI}/extended-properties">'
            "<Application>sgc-gt</Application></Properties>"
        ).encode(),
        "docProps/custom.xml": _propias(propias),
    }
    return _comprimir({"[Content_Types].xml": _tipos(partes)} | dict(sorted(todo.items())))


def _comprimir(partes: Mapping[str, bytes]) -> bytes:
    """Zip sin comprimir y con metadatos fijos: los bytes no dependen de la fecha ni de la versión de zlib."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_STORED) as archivo:
        for nombre, contenido in partes.items():
            entrada = zipfile.ZipInfo(nombre, (1980, 1, 1, 0, 0, 0))
            entrada.create_system = 3
            entrada.external_attr = 0o600 << 16
            archivo.writestr(entrada, contenido)
    return salida.getvalue()
