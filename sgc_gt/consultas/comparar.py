"""`comparar`: qué cambió entre dos versiones de un documento, o entre dos archivos cualesquiera."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sgc_gt.comparacion.comparar import comparar
from sgc_gt.comparacion.valores import Informe, Lado
from sgc_gt.comparacion.zonas import TextoZona, comparar_zonas
from sgc_gt.consultas.versiones import archivo_de, envio_pedido
from sgc_gt.contexto import Vista
from sgc_gt.dominio.actos import OBSOLETO
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.forma import FormaNormal
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import EntradaInvalida, NoEncontrado
from sgc_gt.word import redline
from sgc_gt.word.extraer import forma_de_partes, revisiones_en
from sgc_gt.word.nombres import ZONAS
from sgc_gt.word.puerta import abrir
from sgc_gt.word.zonas import leer_zonas

WORD = ".docx"
AUTOR = "Comparación"


class Pieza(NamedTuple):
    """Uno de los dos archivos, con sus bytes."""

    lado: Lado
    contenido: bytes

    @property
    def es_word(self) -> bool:
        return self.lado.archivo.lower().endswith(WORD)


def suelto(nombre: str, contenido: bytes) -> Pieza:
    """Un archivo que no sale de la historia."""
    return Pieza(Lado(nombre, hashlib.sha256(contenido).hexdigest(), len(contenido)), contenido)


def de_version(vista: Vista, codigo: str, version: str, hoy: date) -> Pieza:
    """El archivo de una versión: `03`, `03-b2`, `borrador`, `vigente`."""
    ficha = vista.ficha(codigo)
    a = archivo_de(vista, ficha, version, hoy)
    envio = envio_pedido(version)
    v = a.version._replace(version=version) if envio else a.version
    lado = suelto(a.nombre, a.contenido).lado
    return Pieza(
        lado._replace(codigo=ficha.codigo, titulo=v.titulo, version=v.version, estado=v.estado), a.contenido
    )


def por_omision(ficha: Ficha, hoy: date) -> tuple[str, str]:
    """Las dos versiones que se comparan si no se dice cuáles: la vigente y lo que viene.

    Lo que viene es el borrador o, si no hay, la emitida que espera su fecha. Sin ninguna, la anterior y la
    vigente. NoEncontrado si el documento tiene una sola versión.
    """
    s = situacion(ficha, hoy)
    viene = s.abierta or s.por_regir
    if s.vigente and viene and viene.archivo:
        return s.vigente.version, viene.version
    previas = [v for v in s.versiones if v.archivo and v.estado == OBSOLETO]
    if s.vigente and previas:
        return previas[-1].version, s.vigente.version
    raise NoEncontrado(
        "no hay otra versión con qué comparar",
        lugar=ficha.codigo,
        esperado="un borrador y una versión vigente, o dos versiones emitidas",
        hacer="diga cuáles, o compare dos archivos: sgc-gt comparar A.docx B.docx",
    )


def contra_la_vigente(ficha: Ficha, version: str, hoy: date) -> tuple[str, str]:
    """Una versión dicha sola se compara con la vigente: la anterior, antes; lo que viene, después."""
    s = situacion(ficha, hoy)
    if s.vigente is None:
        raise NoEncontrado(
            "el documento no tiene versión vigente con qué comparar",
            lugar=ficha.codigo,
            hacer="diga las dos versiones: sgc-gt comparar COD V1 V2",
        )
    orden = [v.version for v in s.versiones]
    base = (envio_pedido(version) or (version, 0))[0]
    es_previa = base in orden and orden.index(base) < orden.index(s.vigente.version)
    return (version, "vigente") if es_previa else ("vigente", version)


def con_cambios_marcados(antes: Pieza, despues: Pieza, cuando: datetime) -> bytes:
    """Un documento de Word con lo que cambió marcado; EntradaInvalida si alguno no es de Word."""
    for pieza in (antes, despues):
        if not pieza.es_word:
            raise EntradaInvalida(
                "no es un documento de Word, y solo en esos se pueden marcar los cambios",
                lugar=pieza.lado.archivo,
                esperado="dos archivos .docx",
            )
    version = despues.lado.version
    autor = f"{AUTOR} con la versión {version}" if version else AUTOR
    return redline.con_cambios_marcados(antes.contenido, despues.contenido, autor, cuando)


class Leida(NamedTuple):
    """Una pieza con lo que dice, leído una vez: quien la compara con dos no la abre dos veces."""

    lado: Lado
    forma: FormaNormal | None = None  # None si no es un documento de Word
    zonas: Mapping[str, TextoZona] = {}
    con_revisiones: bool = False


def leida(pieza: Pieza) -> Leida:
    """Lo que la pieza dice. EntradaInvalida si es de Word y no se puede leer sin peligro."""
    if not pieza.es_word:
        return Leida(pieza.lado)
    partes = abrir(pieza.contenido, pieza.lado.archivo)
    zonas = {z: TextoZona(v.texto, v.filas) for z, v in leer_zonas(partes).items()}
    return Leida(pieza.lado, forma_de_partes(partes), zonas, revisiones_en(partes))


def informe(antes: Pieza, despues: Pieza) -> Informe:
    """La comparación de dos archivos. EntradaInvalida si uno de Word no se puede leer sin peligro."""
    if not (antes.es_word and despues.es_word):
        return Informe(antes.lado, despues.lado, None)
    return informe_de(leida(antes), leida(despues))


def informe_de(antes: Leida, despues: Leida) -> Informe:
    """La comparación de dos archivos ya leídos; si alguno no es de Word, solo de sus bytes."""
    if antes.forma is None or despues.forma is None:
        return Informe(antes.lado, despues.lado, None)
    avisos = [
        f"{p.lado.archivo} trae cambios marcados sin aceptar ni rechazar: lo marcado para suprimir se cuenta "
        "como texto presente"
        for p in (antes, despues)
        if p.con_revisiones
    ]
    return Informe(
        antes.lado,
        despues.lado,
        comparar(antes.forma, despues.forma),
        comparar_zonas(antes.zonas, despues.zonas, ZONAS),
        tuple(avisos),
    )
