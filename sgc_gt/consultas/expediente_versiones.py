"""Las versiones de un código: qué cambió cada una y quién actuó de verdad en cada paso de su circuito."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from sgc_gt.consultas.comparar import Leida, informe_de, leida, suelto
from sgc_gt.consultas.expediente_valores import (
    Cambio,
    Comparado,
    EnvioSeguido,
    PasoSeguido,
    Suceso,
    VersionSeguida,
)
from sgc_gt.consultas.versiones import bytes_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.etiquetas import ACTOS, CLASES_EVIDENCIA
from sgc_gt.dominio.ficha import Ficha, Movimiento, Paso
from sgc_gt.dominio.filas import con_calidad, estado_en_palabras, nombre_cargo
from sgc_gt.dominio.impresion import impresion
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import IntegridadRota, Rechazo

_DESPUES = frozenset({"regir", "mantener", "dejar-sin-efecto"})


class Caso(NamedTuple):
    """El código hasta la fecha de corte: la vista en su último movimiento y la ficha hasta él."""

    vista: Vista
    ficha: Ficha
    fecha: date
    ahora: Vista  # la historia entera
    entera: Ficha

    @property
    def marca(self) -> date:
        """El día para el que se marca lo que se entrega: el de corte o, si hay, uno posterior ya anotado."""
        return max(self.fecha, *(datetime.fromisoformat(m.registrado).date() for m in self.entera.actos))


def versiones(caso: Caso, piezas: Piezas, sucesos: Sequence[Suceso]) -> tuple[VersionSeguida, ...]:
    """De la primera a la última, cada una con su comparación con la que regía antes."""
    por_n = {s.n: s for s in sucesos}
    resultado: list[VersionSeguida] = []
    anterior: Version | None = None
    for v in situacion(caso.ficha, caso.fecha).versiones:
        comparable = anterior is not None and v.archivo and v.estado != tabla.DESCARTADO
        comparado = _comparado(piezas, anterior, v) if anterior and comparable else None
        resultado.append(_seguida(caso, v, por_n, comparado))
        anterior = v if v.emision else anterior
    return tuple(resultado)


class Piezas:
    """El archivo de cada versión, leído una vez: sirve para comparar con la de antes y con la de después."""

    def __init__(self, caso: Caso) -> None:
        self._caso = caso
        self._leidas: dict[tuple[str, str], Leida] = {}

    def de(self, v: Version) -> Leida:
        """La lectura de una versión. IntegridadRota si su archivo no está en la historia."""
        clave = v.archivo, v.sha256
        if clave not in self._leidas:
            pieza = suelto(v.archivo, bytes_de(self._caso.vista, self._caso.ficha, v))
            lado = pieza.lado._replace(
                codigo=self._caso.ficha.codigo, titulo=v.titulo, version=v.version, estado=v.estado
            )
            if lado.sha256 != v.sha256:
                raise IntegridadRota(
                    f"el archivo hallado no es el que la ficha anotó para la versión {v.version}",
                    lugar=v.archivo,
                )
            self._leidas[clave] = leida(pieza._replace(lado=lado))
        return self._leidas[clave]


def _comparado(piezas: Piezas, anterior: Version, v: Version) -> Comparado:
    try:
        return Comparado(anterior.version, informe_de(piezas.de(anterior), piezas.de(v)))
    except Rechazo as error:  # un archivo que no se abre o no está: se dice, y el resto del expediente sigue
        return Comparado(anterior.version, por_que_no=str(error))


def _seguida(
    caso: Caso, v: Version, por_n: Mapping[int, Suceso], comparado: Comparado | None
) -> VersionSeguida:
    propios = [m for m in _de_la_version(caso.ficha, v) if m.n in por_n]
    inicio = next((k for k, m in enumerate(propios) if m.acto == "enviar"), len(propios))
    return VersionSeguida(
        v,
        estado_en_palabras(v),
        _cambio(caso, v),
        comparado,
        tuple(por_n[m.n] for m in propios[:inicio]),
        tuple(_envios(caso, propios[inicio:], por_n)),
        tuple(por_n[m.n] for m in propios if m.acto in _DESPUES),
    )


def _de_la_version(ficha: Ficha, v: Version) -> list[Movimiento]:
    """Sus movimientos. Un número que se descartó y se volvió a abrir es otra versión."""
    aperturas = [m.n for m in ficha.actos if m.version == v.version and m.acto in ("crear", "nueva-version")]
    desde = max((n for n in aperturas if _abre(ficha, n) == v.abierta), default=0)
    hasta = min((n for n in aperturas if n > desde), default=len(ficha.actos) + 1)
    return [m for m in ficha.actos if m.version == v.version and desde <= m.n < hasta]


def _abre(ficha: Ficha, n: int) -> date:
    return ficha.actos[n - 1].fecha


def _envios(
    caso: Caso, movimientos: Sequence[Movimiento], por_n: Mapping[int, Suceso]
) -> Iterator[EnvioSeguido]:
    inicios = [k for k, m in enumerate(movimientos) if m.acto == "enviar"]
    for n, (desde, hasta) in enumerate(pairwise([*inicios, len(movimientos)]), 1):
        tramo = movimientos[desde:hasta]
        cierre = next((m for m in tramo if m.acto in tabla.DEJAN_LA_RUTA), None)
        previos = tuple(
            por_n[m.n]
            for m in tramo[1:]
            if m.acto in ("generar", "entregar") and (not cierre or m.n > cierre.n)
        )
        yield EnvioSeguido(n, tuple(_pasos(caso, tramo, por_n)), por_n[cierre.n] if cierre else None, previos)


def _pasos(caso: Caso, tramo: Sequence[Movimiento], por_n: Mapping[int, Suceso]) -> Iterator[PasoSeguido]:
    """El envío y cada paso de su ruta, con quienes lo cumplieron."""
    envio = tramo[0]
    elabora = caso.ficha.identidad.get("elabora", "")
    yield PasoSeguido(ACTOS["enviar"], nombre_cargo(caso.vista.servicio, str(elabora)), (por_n[envio.n],))
    hechos = [m for m in tramo[1:] if m.acto in tabla.EN_RUTA]
    for paso in envio.ruta:
        suyos = _suyos(paso, hechos)
        hechos = hechos[len(suyos) :]
        yield PasoSeguido(
            ACTOS[paso.acto], _previsto(caso, paso), tuple(por_n[m.n] for m in suyos), tuple(_exige(paso))
        )


def _suyos(paso: Paso, hechos: Sequence[Movimiento]) -> list[Movimiento]:
    """Los movimientos que cumplen el paso: hasta que actuaron todas las personas que pide."""
    suyos: list[Movimiento] = []
    for m in hechos:
        if m.acto != paso.acto or len({s.correo for s in suyos}) >= paso.cuantos:
            break
        suyos.append(m)
    return suyos


def _previsto(caso: Caso, paso: Paso) -> str:
    org = caso.vista.organizacion
    if paso.cuantos < len(paso.cargos):
        return org.nombres(paso.cargos, o=True)
    return org.nombres(paso.cargos)


def _exige(paso: Paso) -> Iterator[str]:
    """Lo que el circuito exige del paso además del cargo."""
    if paso.distinto_de:
        otros = [_OTROS.get(o) or f"quien hizo «{ACTOS.get(o, o)}»" for o in paso.distinto_de]
        yield f"distinto de {' y de '.join(otros)}"
    if paso.evidencia:
        *primeras, ultima = (CLASES_EVIDENCIA.get(e, e) for e in paso.evidencia)
        aceptadas = f"{', '.join(primeras)} o {ultima}" if primeras else ultima
        yield f"respaldo que se acepta: {aceptadas}"


_OTROS = {"elabora": "quien elaboró"}


def _cambio(caso: Caso, v: Version) -> Cambio | None:
    """Su fila en el control de cambios del documento."""
    if not v.version:
        return None
    vista = caso.vista
    filas = impresion(caso.ficha, v.version, vista.organizacion, vista.servicio.nombre).tablas["cambios"]
    propia = next((f for f in reversed(filas) if f[0] == v.version), None)
    if propia is None:
        return None
    cambio = Cambio(*propia[1:])
    m = next((m for m in reversed(v.firmas) if m.acto == "aprobar"), None)
    if v.importada or m is None:
        return cambio
    # El documento imprime el cargo; el expediente dice además en qué calidad se ejerció.
    return cambio._replace(aprobo=con_calidad(vista.organizacion.nombre_cargo(m.cargo), m.calidad))
