"""La forma normal de un DOCX: todo lo que dice, leído del XML y no con python-docx.

python-docx no ve el texto dentro de controles de contenido (ni las tablas envueltas en uno). Lo que se
descarta y lo que se conserva, y por qué, está en docs/decisiones/0002.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from lxml import etree

from sgc_gt.dominio.forma import LISTA, PARRAFO, Bloque, Encabezado, FormaNormal
from sgc_gt.errores import EntradaInvalida
from sgc_gt.word import marca
from sgc_gt.word.dibujos import Fuente
from sgc_gt.word.estilos import Estilos
from sgc_gt.word.lector import Lector
from sgc_gt.word.nombres import leer_xml, q, valor
from sgc_gt.word.paquete import documento, relaciones
from sgc_gt.word.puerta import MAXIMO_RECORDADO, abrir

_CLASES_ENCABEZADO = {
    ("headerReference", "default"): "encabezado",
    ("headerReference", "first"): "encabezado_primera",
    ("headerReference", "even"): "encabezado_par",
    ("footerReference", "default"): "pie",
    ("footerReference", "first"): "pie_primera",
    ("footerReference", "even"): "pie_par",
}
REVISIONES = tuple(
    q(f"w:{nombre}")
    for nombre in (
        "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange",
        "tcPrChange", "sectPrChange", "tblGridChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
    )
)  # fmt: skip


def forma_normal(docx: bytes, nombre: str = "el documento") -> FormaNormal:
    """La forma normal de un DOCX que pasa la puerta.

    Un acto lee el mismo archivo varias veces (huella, cambios, base): los últimos se recuerdan.
    """
    if len(docx) > MAXIMO_RECORDADO:
        return _leida(docx, nombre)
    try:
        return _recordada(docx)
    except EntradaInvalida:
        return _leida(docx, nombre)  # el mismo rechazo, con el nombre con que se preguntó


def _leida(docx: bytes, nombre: str = "") -> FormaNormal:
    return forma_de_partes(abrir(docx, nombre))


_recordada = lru_cache(maxsize=8)(_leida)


def forma_de_partes(partes: dict[str, bytes]) -> FormaNormal:
    """Igual que `forma_normal`, de partes ya abiertas."""
    principal = documento(partes)
    estilos = Estilos(partes, principal)
    raiz = leer_xml(partes[principal], principal)
    notas = _Notas(partes, principal, estilos)
    cuerpo = raiz.find(q("w:body"))
    lector = Lector(Fuente(partes, relaciones(partes, principal)), estilos, notas.leer)
    bloques = [] if cuerpo is None else lector.bloques(cuerpo)
    return FormaNormal(tuple(bloques), tuple(_encabezados(partes, principal, raiz, estilos)))


def encabezados_de(partes: dict[str, bytes]) -> tuple[Encabezado, ...]:
    """Los encabezados y pies de partes ya abiertas, sin leer el cuerpo."""
    principal = documento(partes)
    raiz = leer_xml(partes[principal], principal)
    return tuple(_encabezados(partes, principal, raiz, Estilos(partes, principal)))


def tiene_revisiones(docx: bytes, nombre: str = "el documento") -> bool:
    """Si hay cambios marcados sin aceptar ni rechazar en el cuerpo, encabezados, pies o notas."""
    return revisiones_en(abrir(docx, nombre))


def revisiones_en(partes: Mapping[str, bytes]) -> bool:
    """Lo mismo, de partes ya abiertas."""
    return any(
        next(leer_xml(contenido, parte).iter(*REVISIONES), None) is not None
        for parte, contenido in partes.items()
        if parte.startswith("word/") and parte.endswith(".xml")
    )


def _encabezados(
    partes: dict[str, bytes], principal: str, raiz: etree._Element, estilos: Estilos
) -> Iterator[Encabezado]:
    """Encabezados y pies de cada sección, una vez cada contenido distinto."""
    rels = relaciones(partes, principal)
    vistos: set[Encabezado] = set()
    for nodo in raiz.iter(q("w:headerReference"), q("w:footerReference")):
        rel = rels.get(nodo.get(q("r:id"), ""))
        if rel is None or rel.destino not in partes:
            continue
        clase = _CLASES_ENCABEZADO.get((etree.QName(nodo).localname, valor(nodo, "w:type") or "default"))
        lector = Lector(Fuente(partes, relaciones(partes, rel.destino)), estilos, None)
        margen = leer_xml(partes[rel.destino], rel.destino)
        marca.quitar(margen)  # la marca de una copia no es algo que el documento diga
        bloques = tuple(lector.bloques(margen))
        encabezado = Encabezado(clase or "encabezado", bloques)
        if bloques and encabezado not in vistos:
            vistos.add(encabezado)
            yield encabezado


class _Notas:
    """Las notas al pie y al final, leídas cuando el texto las llama."""

    def __init__(self, partes: dict[str, bytes], principal: str, estilos: Estilos) -> None:
        self._partes, self._estilos = partes, estilos
        self._nodos: dict[tuple[str, str], tuple[str, etree._Element]] = {}
        for rel in relaciones(partes, principal).values():
            if rel.clase in {"footnotes", "endnotes"} and rel.destino in partes:
                clase = rel.clase.removesuffix("s")
                for nodo in leer_xml(partes[rel.destino], rel.destino).iterfind(q(f"w:{clase}")):
                    self._nodos[clase, nodo.get(q("w:id"), "")] = (rel.destino, nodo)

    def leer(self, clase: str, numero: str) -> tuple[Bloque, ...]:
        if (clase, numero) not in self._nodos:
            return ()
        parte, nodo = self._nodos[clase, numero]
        fuente = Fuente(self._partes, relaciones(self._partes, parte))
        bloques = Lector(fuente, self._estilos, None).bloques(nodo)
        return tuple(_sin_margen(bloques))


def _sin_margen(bloques: Iterable[Bloque]) -> Iterator[Bloque]:
    """Las notas sin el espacio que sigue al número ni la clase de párrafo, que cada programa cambia."""
    for bloque in bloques:
        corte = len(bloque.texto) - len(bloque.texto.lstrip())
        marcas = tuple(
            m._replace(desde=max(0, m.desde - corte), hasta=max(0, m.hasta - corte)) for m in bloque.marcas
        )
        clase = PARRAFO if bloque.clase == LISTA else bloque.clase
        yield Bloque(clase, 0, bloque.texto[corte:], marcas, bloque.filas, bloque.bloques)
