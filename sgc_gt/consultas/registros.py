"""`registros`: lo que la sección 9 de cada procedimiento vigente pide, contra lo que está archivado."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial

from sgc_gt.config.lectura import leer_yaml
from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.registros import FilaRegistro, Instancia, PedidoRegistro, conciliar, pedidos_de
from sgc_gt.dominio.situacion import Version, situacion


def registros(vista: Vista, periodo: str, fecha: date) -> tuple[FilaRegistro, ...]:
    """La conciliación del período. Sin procedimientos vigentes que pidan registros, queda vacía."""
    fichas = list(vista.fichas())
    presentes = defaultdict(list)
    for ficha in fichas:
        for instancia in _instancias(vista, ficha, fecha):
            presentes[instancia.codigo.split("/")[0]].append(instancia)
    pedidos = [p for ficha in fichas for p in _pedidos(vista, ficha, fecha)]
    return conciliar(
        pedidos, vista.servicio.series, presentes, periodo, partial(nombre_cargo, vista.servicio)
    )


def _instancias(vista: Vista, ficha: Ficha, fecha: date) -> Iterator[Instancia]:
    """Lo archivado en una serie: una instancia, o cada versión emitida de un documento que es registro."""
    serie = vista.servicio.series.get(ficha.codigo.split("/")[0])
    if serie is None:
        return
    s = situacion(ficha, fecha)
    for v in s.versiones:
        cuenta = v.regida and v.vigente_desde if serie.documento else v is s.vigente
        if not cuenta:
            continue
        ultimo = s.ultimo
        cuando = v.vigente_desde or (ultimo.fecha if ultimo else v.abierta)
        extra = ficha.actos[0].extra
        yield Instancia(
            codigo=ficha.codigo,
            periodo=_periodo(ficha, str(ficha.identidad.get("anio") or cuando.year)),
            region=str(extra.get("region", "")),
            fecha=cuando,
            titulo=v.titulo,
            version=v.version,
            referencia=str(extra.get("ubicacion") or _ubicacion(ficha, v)),
        )


def _ubicacion(ficha: Ficha, v: Version) -> str:
    """Dónde está el archivo del registro dentro de la carpeta del servicio."""
    carpeta = rutas.carpeta(ficha)
    return f"{carpeta}/{v.archivo}" if v.emision else f"{carpeta}/{rutas.EVIDENCIAS}/{v.archivo}"


def _periodo(ficha: Ficha, anio: str) -> str:
    return ficha.codigo.split("/")[1] if "/" in ficha.codigo else anio


def _pedidos(vista: Vista, ficha: Ficha, fecha: date) -> Iterator[PedidoRegistro]:
    """Los registros que pide la sección 9 de un procedimiento vigente, según sus datos."""
    vigente = situacion(ficha, fecha).vigente
    if ficha.clase != "documento" or vigente is None or not vigente.archivo:
        return
    datos = vista.leer(f"{rutas.carpeta(ficha)}/{rutas.datos_de(vigente.archivo)}")
    valor = leer_yaml(datos, rutas.datos_de(vigente.archivo))[0] if datos else None
    if isinstance(valor, dict):
        yield from pedidos_de(ficha.codigo, valor.get("registros") or ())
