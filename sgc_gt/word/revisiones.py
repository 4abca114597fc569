"""Los cambios que alguien dejó marcados en Word (control de cambios), como propuestas que se leen.

Lo agregado y lo suprimido por la misma persona en el mismo lugar se junta en un reemplazo; lo trasladado se
dice una vez. Los cambios de formato y las marcas de párrafo no dicen nada a quien elabora: se cuentan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from sgc_gt.word.mapa import Lugar, Mapa, nombre_de
from sgc_gt.word.nombres import buscador, q
from sgc_gt.word.puerta import abrir
from sgc_gt.word.revisiones_tramos import FILA, PARRAFO, Tramo, tramos

AGREGA, SUPRIME, REEMPLAZA, TRASLADA = "agrega", "suprime", "reemplaza", "traslada"
_FORMATO = tuple(
    q(f"w:{n}Change")
    for n in ("rPr", "pPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sectPr", "tblGrid", "numbering")
)
_marcas_de_parrafo = buscador(".//w:pPr/w:rPr/*[self::w:ins or self::w:del]")
_CONTEXTO = 40
_QUE = {FILA: "la fila ", PARRAFO: "el párrafo "}


class Revision(NamedTuple):
    """Un cambio propuesto."""

    clase: str
    """«agrega», «suprime», «reemplaza» o «traslada»."""
    texto: str
    """La propuesta en una oración: «Se propone reemplazar «X» por «Y»…»."""
    autor: str
    fecha: str
    seccion: str
    """«4 Etapas»; vacío si está antes de la primera sección."""
    antes: str = ""
    despues: str = ""
    ancla: str = ""
    """El párrafo o la celda donde está, como era antes del cambio."""


class Revisiones(NamedTuple):
    """Los cambios propuestos y la cuenta de lo que no se lista."""

    cambios: tuple[Revision, ...]
    formato: int = 0
    marcas: int = 0  # párrafos unidos o partidos
    encabezados: int = 0  # cambios en encabezados y pies, que el sistema escribe


@dataclass
class _Grupo:
    """Lo que se va juntando de un cambio."""

    autor: str
    fecha: str
    lugar: Lugar | None
    antes: list[str] = field(default_factory=list)
    despues: list[str] = field(default_factory=list)
    previo: str = ""  # lo que hay justo antes
    siguiente: str = ""
    ancla: str = ""
    que: str = ""  # «la fila » o «el párrafo », si el cambio es entero

    def dice(self) -> bool:
        """Si cambia algo que se lea."""
        antes, despues = "".join(self.antes), "".join(self.despues)
        return antes != despues and bool((antes + despues).strip())

    def agregar(self, tramo: Tramo) -> None:
        self.que = self.que or _QUE.get(tramo.nombre, "")
        if tramo.clase in ("ins", "igual"):
            self.despues.append(tramo.texto)
        if tramo.clase in ("del", "igual"):
            self.antes.append(tramo.texto)


def revisar(docx: bytes, nombre: str = "el documento") -> Revisiones:
    """Los cambios propuestos y la cuenta de los que no se listan."""
    mapa = Mapa(abrir(docx, nombre))
    llamadas = mapa.llamadas()
    cambios = _cambios(tramos(mapa.cuerpo), mapa, None)
    traslados = _traslados(tramos(mapa.cuerpo), mapa)
    partes = [mapa.cuerpo]
    for clase, numero, nota in mapa.notas():
        cambios += _cambios(tramos(nota), mapa, llamadas.get((clase, numero)))
        partes.append(nota)
    return Revisiones(
        (*cambios, *traslados),
        formato=sum(1 for parte in partes for _ in parte.iter(*_FORMATO)),
        marcas=sum(len(_marcas_de_parrafo(parte)) for parte in partes),
        encabezados=sum(1 for parte in mapa.encabezados() for _ in parte.iter(q("w:ins"), q("w:del"))),
    )


def _cambios(secuencia: Iterable[Tramo], mapa: Mapa, fijo: Lugar | None) -> list[Revision]:
    junta = _Junta(mapa, fijo)
    for tramo in secuencia:
        junta.ver(tramo)
    junta.cerrar("")
    return [_revision(grupo) for grupo in junta.grupos if grupo.dice()]


class _Junta:
    """Junta lo contiguo de la misma persona; un espacio entre dos cambios no los separa."""

    def __init__(self, mapa: Mapa, fijo: Lugar | None) -> None:
        self.grupos: list[_Grupo] = []
        self._mapa, self._fijo = mapa, fijo
        self._abierto: _Grupo | None = None
        self._espacios: list[Tramo] = []  # vistos después del cambio: son suyos solo si sigue
        self._previo = ""

    def ver(self, tramo: Tramo) -> None:
        """Suma el tramo al cambio abierto, abre otro o lo cierra."""
        if tramo.clase in ("ins", "del"):
            self._sumar(tramo)
        elif self._abierto and tramo.clase == "igual" and tramo.texto.isspace() and "\n" not in tramo.texto:
            self._espacios.append(tramo)
        else:
            self.cerrar(tramo.texto if tramo.clase == "igual" else "")
        if tramo.clase == "corte" or tramo.texto == "\n":
            self._previo = ""
        elif tramo.clase in ("igual", "del"):  # lo de alrededor, como está en el documento que se revisa
            self._previo = (self._previo + tramo.texto)[-200:]

    def _sumar(self, tramo: Tramo) -> None:
        if self._abierto and self._abierto.autor != tramo.autor:
            self.cerrar("")
        if self._abierto is None:
            lugar = self._fijo or self._mapa.de(tramo.nodo)
            ancla = _original(tramo.nodo)
            self._abierto = _Grupo(tramo.autor, tramo.fecha, lugar, previo=self._previo, ancla=ancla)
        for espacio in self._espacios:
            self._abierto.agregar(espacio)
        self._abierto.agregar(tramo)
        self._espacios = []

    def cerrar(self, siguiente: str) -> None:
        """Da por terminado el cambio abierto, si hay uno."""
        if self._abierto is not None:
            self._abierto.siguiente = siguiente
            self.grupos.append(self._abierto)
        self._abierto, self._espacios = None, []


def _original(nodo: etree._Element) -> str:
    """El párrafo como era antes de los cambios: sin lo agregado, con lo suprimido."""
    parrafo = next(nodo.iterancestors(q("w:p")), None)
    if parrafo is None:
        return ""
    return "".join(t.texto for t in tramos(parrafo) if t.clase in ("igual", "del", "sale")).strip()


def _revision(grupo: _Grupo) -> Revision:
    antes, despues = ("".join(piezas).strip() for piezas in (grupo.antes, grupo.despues))
    clase = REEMPLAZA if antes and despues else SUPRIME if antes else AGREGA
    donde = _contexto(grupo)
    texto = {
        REEMPLAZA: f"Se propone reemplazar «{antes}» por «{despues}»{donde}",
        SUPRIME: f"Se propone suprimir {grupo.que}«{antes}»{donde}",
        AGREGA: f"Se propone agregar {grupo.que}«{despues}»{donde}",
    }[clase]
    seccion = nombre_de(grupo.lugar.seccion) if grupo.lugar else ""
    return Revision(clase, texto, grupo.autor, grupo.fecha, seccion, antes, despues, grupo.ancla)


def _contexto(grupo: _Grupo) -> str:
    """Dónde, con las palabras de alrededor: «10» por «5» no se entiende solo."""
    previo, siguiente = grupo.previo.strip(), grupo.siguiente.strip()
    if previo:
        corto = previo if len(previo) <= _CONTEXTO else "…" + previo[-_CONTEXTO:].partition(" ")[2]
        return f", después de «{corto}»"
    if siguiente:
        corto = siguiente if len(siguiente) <= _CONTEXTO else siguiente[:_CONTEXTO].rpartition(" ")[0] + "…"
        return f", antes de «{corto}»"
    return ""


def _traslados(secuencia: Iterable[Tramo], mapa: Mapa) -> list[Revision]:
    """Un cambio por traslado: lo que sale de un lugar y entra en otro con el mismo nombre."""
    salen: dict[str, list[Tramo]] = {}
    entran: dict[str, list[Tramo]] = {}
    for tramo in secuencia:
        if tramo.clase in ("sale", "entra"):
            (salen if tramo.clase == "sale" else entran).setdefault(tramo.nombre, []).append(tramo)
    return [_traslado(salen.get(n, []), entran.get(n, []), mapa) for n in dict.fromkeys((*salen, *entran))]


def _traslado(salen: list[Tramo], entran: list[Tramo], mapa: Mapa) -> Revision:
    texto = "".join(t.texto for t in salen or entran).strip()
    primero = (salen or entran)[0]
    origen, destino = (mapa.de(t[0].nodo) if t else None for t in (salen, entran))
    desde, hasta = (nombre_de(lugar.seccion) if lugar else "" for lugar in (origen, destino))
    a_donde = f" a la sección {hasta}" if hasta and hasta != desde else " a otro lugar de la sección"
    return Revision(
        TRASLADA,
        f"Se propone trasladar «{texto}»{a_donde}",
        primero.autor,
        primero.fecha,
        desde or hasta,
        texto,
        texto,
        _original(primero.nodo),
    )
