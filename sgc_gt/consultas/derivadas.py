"""Las listas que un acto reescribe: la misma función las produce al registrar y las exige al verificar.

Una fila cambia solo por su propia ficha; las demás quedan byte a byte. Así un acto no vuelve a leer
diez mil fichas, y la lista completa es igual a lo que los actos dicen por inducción sobre la cadena.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.dominio import filas, rutas
from sgc_gt.dominio.actos import RETIRAN
from sgc_gt.dominio.externos import Externo, afectados, externos_de
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.servicio import Serie, Servicio
from sgc_gt.dominio.situacion import situacion
from sgc_gt.dominio.tabla import Columna
from sgc_gt.listas.csv import reemplazar

CAMBIAN_LO_VIGENTE = frozenset({"emitir", "importar", "regir", "mantener", "dejar-sin-efecto"})

CAMBIAN_LO_ARCHIVADO = frozenset({"emitir", "importar", "registrar", "regir", "resolver"}) | RETIRAN


class Cambio(NamedTuple):
    """Una fila que entra, cambia (`fila`) o sale (None) de una lista."""

    ruta: str
    columnas: tuple[Columna, ...]
    clave: str
    fila: dict[str, object] | None


def cambios(vista: Vista | None, servicio: Servicio, despues: Ficha) -> list[Cambio]:
    """Las filas que el último movimiento de `despues` cambia. `vista` es la anterior al acto."""
    m = despues.actos[-1]
    if despues.clase == "sistema":
        return _del_sistema(vista, servicio, despues)
    if vista is None:
        raise ValueError("un documento no cambia antes de que exista el sistema")
    resultado: list[Cambio] = []
    if m.acto in CAMBIAN_LO_VIGENTE and despues.clase != "registro":
        area = str(despues.identidad["area"])
        fila = filas.fila_maestra(servicio, despues, m.fecha)
        resultado.append(Cambio(rutas.lista_maestra(area), filas.MAESTRA, despues.codigo, fila))
    if m.acto == "recodificar":
        resultado.extend(_de_otro_codigo(servicio, despues))
    if m.acto in ("emitir", "regir"):
        pendiente = situacion(despues, m.fecha).por_regir
        resultado.append(
            Cambio(
                rutas.POR_REGIR,
                filas.POR_REGIR,
                despues.codigo,
                filas.fila_por_regir(despues, m.fecha) if pendiente else None,
            )
        )
    if m.acto == "importar":
        resultado.append(Cambio(rutas.POR_IMPORTAR, filas.PENDIENTES, despues.codigo, None))
    if m.acto in CAMBIAN_LO_ARCHIVADO:
        resultado.extend(_de_la_serie(vista, servicio, despues))
    return [c for c in resultado if c.fila is not None or _tiene(vista, c)]


def _de_otro_codigo(servicio: Servicio, despues: Ficha) -> list[Cambio]:
    """La fila deja la lista del área anterior y entra, con su código nuevo, en la que corresponde."""
    m = despues.actos[-1]
    antes, area = m.extra["antes"], str(despues.identidad["area"])
    fila = filas.fila_maestra(servicio, despues, m.fecha)
    destino: dict[str, object] = {"codigo": despues.codigo, "carpeta": rutas.carpeta(despues)}
    return [
        Cambio(rutas.lista_maestra(str(antes["area"])), filas.MAESTRA, str(antes["codigo"]), None),
        Cambio(rutas.lista_maestra(area), filas.MAESTRA, despues.codigo, fila),
        Cambio(rutas.CODIGOS, filas.CODIGOS, despues.codigo, destino),
    ]


def _tiene(vista: Vista, cambio: Cambio) -> bool:
    """Quitar una fila que no está no es un cambio."""
    datos = vista.leer(cambio.ruta)
    return datos is not None and datos != reemplazar(datos, cambio.clave, None, cambio.columnas)


def _de_la_serie(vista: Vista, servicio: Servicio, despues: Ficha) -> list[Cambio]:
    serie = servicio.series.get(despues.codigo.split("/")[0])
    if serie is None or (despues.clase != "registro" and not serie.documento):
        return []
    fila = filas.fila_serie(servicio, serie, archivados(vista, serie, despues))
    return [Cambio(rutas.LISTA_REGISTROS, filas.REGISTROS, serie.codigo, fila)]


def archivados(vista: Vista, serie: Serie, nueva: Ficha | None = None) -> list[tuple[date]]:
    """Las fechas de lo archivado en una serie, contando la ficha que el acto acaba de dejar."""
    if serie.documento:
        ficha = nueva or vista.buscar(serie.codigo)
        versiones = situacion(ficha).versiones if ficha else ()
        return [(v.vigente_desde,) for v in versiones if v.vigente_desde and v.regida]
    fichas = {f.codigo: f for f in vista.instancias(serie.codigo)}
    if nueva is not None:
        fichas[nueva.codigo] = nueva
    conservadas = (situacion(f).vigente for f in fichas.values())
    return [(v.archivada,) for v in conservadas if v]


def _del_sistema(vista: Vista | None, servicio: Servicio, despues: Ficha) -> list[Cambio]:
    m = despues.actos[-1]
    if m.acto == "externo":
        ahora = externos_de(despues)
        return [_externo(servicio, ahora[clave]) for clave in afectados(m.extra)]
    if m.acto == "rectificar":
        antes = externos_de(despues._replace(actos=despues.actos[:-1]))
        return [_externo(servicio, e) for c, e in externos_de(despues).items() if e != antes[c]]
    if m.acto in ("iniciar", "configurar"):
        return [
            Cambio(
                rutas.LISTA_REGISTROS,
                filas.REGISTROS,
                serie.codigo,
                filas.fila_serie(
                    servicio, serie, archivados(vista, serie) if vista and m.acto == "configurar" else []
                ),
            )
            for serie in servicio.series.values()
        ]
    return []


def _externo(servicio: Servicio, e: Externo) -> Cambio:
    return Cambio(rutas.LISTA_EXTERNOS, filas.EXTERNOS, e.id, filas.fila_externo(servicio, e))


def aplicar(vista: Vista | None, todos: Iterable[Cambio]) -> dict[str, bytes]:
    """Los archivos de lista como quedan después de esos cambios."""
    listas: dict[str, bytes] = {}
    for cambio in todos:
        actual = listas.get(cambio.ruta)
        if actual is None:
            actual = (vista.leer(cambio.ruta) if vista else None) or b""
        listas[cambio.ruta] = reemplazar(actual, cambio.clave, cambio.fila, cambio.columnas)
    return listas
