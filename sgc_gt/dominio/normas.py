"""Una edición de la norma como valor: sus cláusulas, qué evidencia pide cada una y el cruce con la anterior.

Las ediciones son archivos de datos (`sgc_gt/normas/`, o uno propio). El texto oficial tiene derechos de autor
y no está aquí: `titulo` y `pide` van con palabras propias.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sgc_gt.dominio.textos import comparable

SIN_CONFIRMAR = "sin confirmar"

EVIDENCIAS = {
    "procedimiento_de_control": "Procedimiento de control de documentos",
    "documentos_de": "Documentos por su materia",
    "lista_maestra": "Lista maestra",
    "aprobacion": "Aprobación y puesta en vigencia",
    "revision_periodica": "Revisión periódica",
    "cambios": "Cambios de cada versión",
    "version_vigente": "La versión que rige, en su lugar",
    "distribucion": "Distribución y toma de conocimiento",
    "identificacion": "Identificación",
    "formato": "Formato y soporte",
    "externos": "Documentos externos",
    "obsoletos": "Versiones obsoletas que se conservan",
    "series": "Control de cada serie de registros",
    "registros_pedidos": "Registros que se piden y registros que hay",
    "registros_archivados": "Registros archivados",
    "retencion": "Plazos de retención cumplidos",
    "movimientos": "Movimientos y su respaldo",
    "respaldo": "Copias de respaldo",
    "acceso": "Quién ve y quién cambia",
    "revision_direccion": "Sesiones de Revisión por la Dirección",
    "entradas_revision": "Entradas de la última Revisión por la Dirección",
    "salidas_revision": "Decisiones de la última Revisión por la Dirección",
    "mediciones": "Mediciones",
    "registros_de": "Registros por su materia",
    "menciones": "Documentos vigentes que lo tratan",
}
"""El catálogo cerrado: el nombre con que una cláusula pide una evidencia y cómo se llama en pantalla."""

CON_DATOS = frozenset({"documentos_de", "entradas_revision", "salidas_revision", "registros_de", "menciones"})
"""Las evidencias que necesitan que la cláusula diga qué buscar (`datos`)."""


class Clausula(NamedTuple):
    """Una cláusula. Sin evidencias lleva `no_aplica`: por qué el control de documentos no la responde."""

    numero: str  # «4.2.3 a)»
    titulo: str
    pide: str
    evidencias: tuple[str, ...] = ()
    datos: tuple[str, ...] = ()
    no_aplica: str = ""


class Correspondencia(NamedTuple):
    """Una cláusula de la edición anterior, las de la nueva que la continúan, y qué cambia."""

    antes: str
    ahora: tuple[str, ...]
    cambia: str


class Cruce(NamedTuple):
    """La correspondencia entera con la edición anterior: una relación, que se lee en los dos sentidos."""

    con: str
    filas: tuple[Correspondencia, ...]
    nuevas: tuple[tuple[str, str], ...] = ()  # (cláusula, lo que pide y antes no se pedía)
    desaparecen: tuple[tuple[str, str], ...] = ()  # (cláusula anterior, lo que ya no se exige)

    def hacia_adelante(self, clausula: str) -> tuple[str, ...]:
        """Las cláusulas nuevas que continúan a una anterior."""
        return tuple(n for f in self.filas if f.antes == clausula for n in f.ahora)

    def hacia_atras(self, clausula: str) -> tuple[str, ...]:
        """Las cláusulas anteriores de que viene una nueva."""
        return tuple(f.antes for f in self.filas if clausula in f.ahora)


class Norma(NamedTuple):
    """Una edición. `estado`: vigente, reemplazada o sin confirmar."""

    edicion: str
    estado: str
    clausulas: tuple[Clausula, ...]
    enmiendas: tuple[str, ...] = ()
    reemplaza: str = ""
    cruce: Cruce | None = None

    def bajo(self, pedida: str) -> tuple[Clausula, ...]:
        """Las cláusulas que responden a lo pedido: «4.2.3» trae sus letras; «4.2.3 a» es una sola."""
        clave = _clave(pedida)
        exacta = tuple(c for c in self.clausulas if _clave(c.numero) == clave)
        dentro = tuple(c for c in self.clausulas if _dentro(_clave(c.numero), clave))
        return exacta if exacta and not dentro else (*exacta, *dentro)


def _clave(numero: str) -> str:
    """«4.2.3 a)» y «4.2.3A» son la misma."""
    return re.sub(r"[\s()]+", "", comparable(numero))


def _dentro(clave: str, de: str) -> bool:
    """Si una cláusula es parte de otra: 4.2.3a de 4.2.3 y 4.2.3 de 4.2, pero 10.2 no es de 1."""
    return (
        len(clave) > len(de) and clave.startswith(de) and not (de[-1:].isdigit() and clave[len(de)].isdigit())
    )


def elegir(normas: Iterable[Norma], pedida: str) -> Norma | None:
    """La edición que se pide por su nombre, o por su año si no hay dos del mismo; None si no está."""
    todas = list(normas)
    igual = [n for n in todas if comparable(n.edicion) == comparable(pedida)]
    del_anio = [n for n in todas if pedida.strip() and n.edicion.rpartition(":")[2] == pedida.strip()]
    unica = igual or del_anio
    return unica[0] if len(unica) == 1 else None


class Paso(NamedTuple):
    """Una cláusula de la edición de partida y lo que pasa con ella en la de llegada."""

    clausula: Clausula
    sigue: tuple[Clausula, ...]  # las que la continúan
    cambia: str
    desaparece: str = ""  # lo que ya no se exige


class Nueva(NamedTuple):
    """Una cláusula de la edición de llegada que no viene de ninguna de la de partida."""

    clausula: Clausula
    falta: str


class Camino(NamedTuple):
    """De una edición a otra, en cualquiera de los dos sentidos."""

    de: Norma
    a: Norma
    pasos: tuple[Paso, ...]
    nuevas: tuple[Nueva, ...]


def camino(de: Norma, a: Norma) -> Camino | None:
    """El paso de una edición a otra; None si ninguna de las dos trae el cruce con la otra."""
    if a.cruce and a.cruce.con == de.edicion:
        return _hacia_la_nueva(de, a, a.cruce)
    if de.cruce and de.cruce.con == a.edicion:
        return _hacia_la_anterior(de, a, de.cruce)
    return None


def _hacia_la_nueva(de: Norma, a: Norma, cruce: Cruce) -> Camino:
    propias = {c.numero: c for c in a.clausulas}
    se_van = dict(cruce.desaparecen)
    pasos = tuple(
        Paso(
            c,
            tuple(propias[n] for n in cruce.hacia_adelante(c.numero)),
            " ".join(f.cambia for f in cruce.filas if f.antes == c.numero),
            se_van.get(c.numero, ""),
        )
        for c in de.clausulas
    )
    return Camino(de, a, pasos, tuple(Nueva(propias[n], falta) for n, falta in cruce.nuevas))


def _hacia_la_anterior(de: Norma, a: Norma, cruce: Cruce) -> Camino:
    """La misma relación, leída al revés: lo nuevo de una es lo que la otra no pedía, y al contrario."""
    propias = {c.numero: c for c in a.clausulas}
    se_van = dict(cruce.nuevas)
    pasos = tuple(
        Paso(
            c,
            tuple(propias[n] for n in cruce.hacia_atras(c.numero)),
            " ".join(f"{f.antes}: {f.cambia}" for f in cruce.filas if c.numero in f.ahora),
            se_van.get(c.numero, ""),
        )
        for c in de.clausulas
    )
    return Camino(de, a, pasos, tuple(Nueva(propias[n], que) for n, que in cruce.desaparecen))
