"""Las listas que un acto reescribe: la misma función las produce al registrar y las exige al verificar.

Una fila cambia solo por su propia ficha; las demás quedan byte a byte. Así un acto no vuelve a leer
diez mil fichas, y la lista completa es igual a lo que los actos dicen por inducción sobre la cadena.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.dominio import filas, rutas
from sgc_gt.dominio.actos import RETIRAN
from sgc_gt.dominio.externos import Externo, afectados, externos_de
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.filas import Archivados
from sgc_gt.dominio.servicio import Serie, Servicio
from sgc_gt.dominio.situacion import situacion
from sgc_gt.dominio.tabla import Columna
from sgc_gt.listas.csv import leer_una, reemplazar

CAMBIAN_LO_VIGENTE = frozenset({"emitir", "importar", "regir", "mantener", "dejar-sin-efecto"})

CAMBIAN_LO_ARCHIVADO = frozenset({"emitir", "importar", "registrar", "regir", "resolver"}) | RETIRAN


Contador = Callable[[Vista, Serie, Sequence[Ficha]], Archivados]
"""Cuánto hay archivado en una serie después de un movimiento que dejó esas fichas."""


class Cambio(NamedTuple):
    """Una fila que entra, cambia (`fila`) o sale (None) de una lista."""

    ruta: str
    columnas: tuple[Columna, ...]
    clave: str
    fila: dict[str, object] | None


def cambios(
    vista: Vista | None, servicio: Servicio, despues: Sequence[Ficha], contar: Contador | None = None
) -> list[Cambio]:
    """Las filas que cambia el movimiento que dejó esas fichas. `vista` es la anterior a él.

    `contar`: cómo se cuenta lo archivado en una serie, si no es sumando a lo que su fila decía.
    """
    if despues[0].clase == "sistema":
        return _del_sistema(vista, servicio, despues[0])
    if vista is None:
        raise ValueError("un documento no cambia antes de que exista el sistema")
    resultado = [c for ficha in despues for c in _del_documento(servicio, ficha)]
    resultado.extend(_de_las_series(vista, servicio, despues, contar or _sumar))
    return [c for c in resultado if c.fila is not None or _tiene(vista, c)]


def _del_documento(servicio: Servicio, despues: Ficha) -> list[Cambio]:
    m = despues.actos[-1]
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
    return resultado


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


def _de_las_series(
    vista: Vista, servicio: Servicio, despues: Sequence[Ficha], contar: Contador
) -> Iterator[Cambio]:
    """La fila de cada serie en que el movimiento archivó o retiró algo."""
    suyas: dict[str, list[Ficha]] = defaultdict(list)
    for ficha in despues:
        if ficha.actos[-1].acto in CAMBIAN_LO_ARCHIVADO:
            suyas[ficha.codigo.split("/")[0]].append(ficha)
    for codigo, propias in suyas.items():
        serie = servicio.series.get(codigo)
        if serie and (serie.documento or propias[0].clase == "registro"):
            fila = filas.fila_serie(servicio, serie, contar(vista, serie, propias))
            yield Cambio(rutas.LISTA_REGISTROS, filas.REGISTROS, codigo, fila)


def _sumar(vista: Vista, serie: Serie, despues: Sequence[Ficha]) -> Archivados:
    """Lo que la serie tiene después del movimiento: lo que decía su fila, más o menos lo suyo.

    Contarla entera haría cada archivado más caro que el anterior; solo hace falta si se va el último.
    """
    datos = None if serie.documento else vista.leer(rutas.LISTA_REGISTROS)
    fila = leer_una(datos, serie.codigo, filas.REGISTROS) if datos else None
    cuenta = filas.archivados_de(fila) if fila else None
    for ficha in despues:
        previa = ficha._replace(actos=ficha.actos[:-1])
        cuenta = cuenta.cambia(_archivada(previa), _archivada(ficha)) if cuenta else None
    return cuenta or Archivados.contar(archivados(vista, serie, despues))


def recontar(vista: Vista, serie: Serie, despues: Sequence[Ficha]) -> Archivados:
    """Como se escribió hasta que la cuenta se hizo sumando: entera, y de lo movido solo lo último.

    Un movimiento sobre varios registros de una serie dejaba así una cuenta de más; esa historia vale.
    """
    return Archivados.contar(archivados(vista, serie, despues[-1:]))


def archivados(vista: Vista, serie: Serie, nuevas: Sequence[Ficha] = ()) -> list[date]:
    """Las fechas de lo archivado en una serie, contando las fichas que el acto acaba de dejar."""
    if serie.documento:
        ficha = nuevas[-1] if nuevas else vista.buscar(serie.codigo)
        versiones = situacion(ficha).versiones if ficha else ()
        return [v.vigente_desde for v in versiones if v.vigente_desde and v.regida]
    fichas = {f.codigo: f for f in (*vista.instancias(serie.codigo), *nuevas)}
    return [dia for f in fichas.values() if (dia := _archivada(f))]


def _archivada(ficha: Ficha) -> date | None:
    """El día en que el registro quedó archivado; None si no lo está."""
    conservada = situacion(ficha).vigente
    return conservada.archivada if conservada else None


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
                filas.fila_serie(servicio, serie, _al_configurar(vista, serie, m)),
            )
            for serie in servicio.series.values()
        ]
    return []


def _externo(servicio: Servicio, e: Externo) -> Cambio:
    return Cambio(rutas.LISTA_EXTERNOS, filas.EXTERNOS, e.id, filas.fila_externo(servicio, e))


def _al_configurar(vista: Vista | None, serie: Serie, m: Movimiento) -> Archivados:
    return Archivados.contar(archivados(vista, serie)) if vista and m.acto == "configurar" else Archivados()


def aplicar(vista: Vista | None, todos: Iterable[Cambio]) -> dict[str, bytes]:
    """Los archivos de lista como quedan después de esos cambios."""
    listas: dict[str, bytes] = {}
    for cambio in todos:
        actual = listas.get(cambio.ruta)
        if actual is None:
            actual = (vista.leer(cambio.ruta) if vista else None) or b""
        listas[cambio.ruta] = reemplazar(actual, cambio.clave, cambio.fila, cambio.columnas)
    return listas
