"""Elementos de WordprocessingML en una línea: `w("p", w("r", ...), rsid="…")`.

Los atributos van siempre en el espacio de nombres `w`, salvo que su nombre traiga prefijo (`xml:space`).
"""

from lxml import etree

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
# Solo lo que cada parte declara en su raíz: `xml` viene dado.
DECLARADOS = {"w": NS["w"], "r": NS["r"]}


def q(nombre: str) -> str:
    """Nombre con espacio de nombres: `q("p")` y `q("r:id")`."""
    prefijo, _, local = nombre.rpartition(":")
    return f"{{{NS[prefijo or 'w']}}}{local}"


def w(nombre: str, *hijos: etree._Element | None, **atributos: object) -> etree._Element:
    """Un elemento `w:nombre`; los hijos None se omiten y `_` en un atributo separa el prefijo."""
    elemento = etree.Element(q(nombre), nsmap=DECLARADOS)
    for clave, valor in atributos.items():
        elemento.set(q(clave.replace("__", ":").rstrip("_")), str(valor))
    elemento.extend(hijo for hijo in hijos if hijo is not None)
    return elemento


def texto(contenido: str) -> etree._Element:
    """`w:t` que conserva los espacios de los extremos."""
    elemento = w("t")
    elemento.text = contenido
    if contenido != contenido.strip():
        elemento.set(q("xml:space"), "preserve")
    return elemento


def serializar(raiz: etree._Element) -> bytes:
    """La parte lista para el paquete, sin declaraciones repetidas."""
    etree.cleanup_namespaces(raiz, keep_ns_prefixes=["w", "r"])
    return etree.tostring(raiz, xml_declaration=True, encoding="UTF-8", standalone=True)
