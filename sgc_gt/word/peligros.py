"""Lo que la puerta busca y lo que dice al hallarlo: firmas de archivos, relaciones, campos y remedios."""

from __future__ import annotations

import re

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DENTRO_DE_OLE2 = {
    "EncryptedPackage": "está protegido con contraseña",
    "WordDocument": "es un documento del formato antiguo .doc",
    "Workbook": "es una planilla del formato antiguo .xls",
    "PowerPoint Document": "es una presentación del formato antiguo .ppt",
}
WORD_LOS_ABRE = {
    b"{\\rtf": "un documento RTF",
    b"<!DOCTYPE": "una página web",
    b"<html": "una página web",
    b"<?xml": "un archivo XML suelto",
}
WORD_NO_LOS_ABRE = {
    b"\xff\xd8\xff": "una imagen JPEG",
    b"\x89PNG": "una imagen PNG",
    b"GIF8": "una imagen GIF",
    b"%PDF-": "un PDF",
    b"Rar!": "un archivo comprimido .rar",
    b"7z\xbc\xaf": "un archivo comprimido .7z",
    b"MZ": "un programa",
}
"""Cómo empieza lo que suele llegar con el nombre cambiado a .docx."""
ZIP = b"PK\x03\x04"
ORIGINAL = "No lo abra: avise a quien se lo envió y pida el original."
DIVIDIR = "Divida el documento: los anexos largos van en archivos propios."
ESPERAR = "Espere a que termine de copiarse, o pídalo otra vez."
PEDIR = "Pida el documento en Word (.docx). Un archivo de otra clase acompaña a un movimiento, como adjunto."
GUARDAR = "Ábralo en Word, guárdelo como «Documento de Word (.docx)» y vuelva a entregarlo."

# Última palabra de los tipos de relación que un documento de texto corriente necesita.
RELACIONES_PERMITIDAS = frozenset((
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail",
    "customXml", "customXmlProps", "styles", "stylesWithEffects", "settings", "webSettings",
    "fontTable", "font", "theme", "numbering", "header", "footer", "footnotes", "endnotes", "comments",
    "commentsExtended", "commentsIds", "commentsExtensible", "people", "image", "hdphoto", "hyperlink",
    "glossaryDocument", "chart", "chartStyle", "chartColorStyle", "chartUserShapes", "themeOverride",
    "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing",
    "keyMapCustomizations", "recipientData", "printerSettings", "bibliography", "metadata",
    "documenttasks", "package", "sensitivityLabels", "classificationlabels",
))  # fmt: skip
PELIGROS = {
    "attachedTemplate": "está enlazado a una plantilla de otro lugar",
    "oleObject": "trae un objeto incrustado (OLE)",
    "vbaProject": "trae macros",
    "wordVbaData": "trae macros",
    "aFChunk": "trae contenido importado de otro formato",
    "control": "trae un control ActiveX",
    "activeXControlBinary": "trae un control ActiveX",
    "subDocument": "incluye otro documento por enlace",
    "frame": "incluye un marco enlazado",
    "mailMergeSource": "está conectado a una base de datos de combinar correspondencia",
    "mailMergeHeaderSource": "está conectado a una base de datos de combinar correspondencia",
    "externalLink": "está enlazado a una planilla externa",
}
REMEDIOS = {
    "attachedTemplate": "En Word, Archivo › Opciones › Complementos › Plantillas: adjunte «Normal.dotm».",
    "oleObject": "Reemplace el objeto por su imagen (Pegado especial › Imagen) o por una ecuación de Word.",
    "subDocument": "Copie ese texto dentro del documento y quite el enlace.",
}
"""Cuando guardar de nuevo como .docx no basta."""
ESTRICTO = "purl.oclc.org/ooxml"
RELACIONES_RAIZ = "_rels/.rels"
CAMPO_PELIGROSO = re.compile(r"\s*\\?(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|DATABASE)\b", re.I)
NOMBRE_PELIGROSO = re.compile(
    r"vbaProject|vbaData|activeX|(?:^|/)embeddings/.*\.bin$|\.(?:exe|dll|js|vbs)$", re.I
)
