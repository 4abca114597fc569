"""`completitud`: de dónde sale cada casilla de la matriz región × objeto."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas, vida
from sgc_gt.dominio.completitud import FilaRegion, Fuente, Objeto, objetos_de
from sgc_gt.dominio.completitud import completitud as evaluar
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.periodos import anio_que_cubre
from sgc_gt.dominio.rectificacion import rectificada
from sgc_gt.dominio.situacion import Version, situacion


def objetos(vista: Vista) -> tuple[Objeto, ...]:
    """Las columnas de la matriz en este servicio."""
    return objetos_de(vista.servicio.tipos.values(), es_gore=vista.servicio.es_gore)


def completitud(vista: Vista, anio: int, corte: date) -> tuple[FilaRegion, ...]:
    """La matriz del año, con lo que rige o está archivado a la fecha de corte."""
    suyos = objetos(vista)
    with vista.repo.compartiendo():
        fuentes = {o.clave: list(_fuentes(vista, o, corte)) for o in suyos}
    return evaluar(vista.servicio.regiones, anio, fuentes, suyos)


def _fuentes(vista: Vista, objeto: Objeto, corte: date) -> Iterator[Fuente]:
    tipo = vista.servicio.tipos.get(objeto.tipo)
    serie = (tipo.serie if tipo else "") or objeto.serie
    if objeto.tablas and tipo and tipo.clase != "registro":
        # Todos los de su tipo: el que sigue a uno descartado lleva otro número y es el mismo objeto.
        fichas = list(vista.de_tipo(tipo))
    else:
        fichas = vista.instancias(serie) if serie else []
    for ficha in map(rectificada, fichas):
        v = situacion(ficha, corte).vigente
        if v is not None and not (not ficha.region and _lo_corrige_otro(ficha, corte)):
            yield Fuente(ficha.codigo, int(anio_que_cubre(ficha, v)), _datos(vista, ficha, v), ficha.region)


def _lo_corrige_otro(ficha: Ficha, corte: date) -> bool:
    """Si a esa fecha otro registro dice lo que este no decía: archivado sin región, ya no se le reprocha."""
    return any(m.acto == "corregir" and vida.POR in m.extra and m.fecha <= corte for m in ficha.actos)


def _datos(vista: Vista, ficha: Ficha, v: Version) -> dict[str, Any]:
    """Los datos que están junto al archivo; vacío si llegó de fuera."""
    crudo = vista.leer(f"{rutas.carpeta(ficha)}/{rutas.datos_de(v.archivo)}") if v.archivo else None
    if not crudo:
        return {}
    # Aquí, y no arriba: un servicio sin datos no paga lo que cuesta leer YAML.
    from sgc_gt.config.lectura import leer_yaml  # noqa: PLC0415

    valor = leer_yaml(crudo, ficha.codigo)[0]
    return valor if isinstance(valor, dict) else {}
