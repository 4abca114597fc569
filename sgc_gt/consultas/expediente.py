"""`expediente`: todo lo que se sabe de un código en una fecha, para quien nunca ha visto el sistema.

Aquí se reúne, en un valor congelado; `expediente_pagina` lo muestra. Los hechos salen de `historial`; los
archivos, de `copia` y de `versiones`. No mira el reloj: con la misma historia y la misma fecha es igual.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sgc_gt.consultas.ancla import ancla_de
from sgc_gt.consultas.estado import estado
from sgc_gt.consultas.expediente_citas import Indice, externos, indice, internos
from sgc_gt.consultas.expediente_documento import documento, elegida
from sgc_gt.consultas.expediente_facultades import facultades
from sgc_gt.consultas.expediente_pagina import pagina
from sgc_gt.consultas.expediente_resumen import datos, datos_de_registro, resumen, situacion_en_palabras
from sgc_gt.consultas.expediente_sucesos import sucesos
from sgc_gt.consultas.expediente_valores import Distribucion, Expediente, Revision, Suceso
from sgc_gt.consultas.expediente_versiones import Caso, Piezas, versiones
from sgc_gt.consultas.historial import historial
from sgc_gt.consultas.registros import registros_de
from sgc_gt.contexto import GENERADOR, Vista
from sgc_gt.dominio.actos import VIGENTE
from sgc_gt.dominio.alcance import alcance
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.filas_distribucion import fila_de_copia, filas_de
from sgc_gt.dominio.impresion import codigo_corto
from sgc_gt.dominio.situacion import ocurre, situacion
from sgc_gt.errores import NoEncontrado

__all__ = ["LIMITE", "expediente", "pagina"]

_RESULTADOS = {
    "emitir": "se puso en vigencia una versión revisada",
    "importar": "llegó vigente, revisada fuera del sistema",
    "mantener": "se mantuvo vigente, sin cambios",
}
LIMITE = 15_000_000
"""Cuántos bytes de adjuntos van dentro si no se dice otra cosa: con más, no cabe en un correo."""


def expediente(
    vista: Vista,
    codigo: str,
    fecha: date,
    *,
    limite: int = LIMITE,
    pdf: bool = False,
    citas: Indice | None = None,
) -> Expediente:
    """El expediente del código como se lo conocía en la fecha. NoEncontrado si no existe, o no existía.

    `citas`: el de `expediente_citas.indice`, si quien llama ya lo tiene.
    """
    entera = vista.ficha(codigo)
    filas = historial(vista, entera.codigo)[: _cuantos(entera, fecha)]
    caso = Caso(Vista(vista.repo, filas[-1]["commit"]), _hasta(entera, len(filas)), fecha, vista, entera)
    s = situacion(caso.ficha, fecha)
    v = elegida(s)
    piezas = Piezas(caso)
    todos = sucesos(vista, caso.ficha, filas, limite)
    hecho = documento(caso, piezas, v, limite, pdf=pdf)
    fila = next((f for f in estado(vista, fecha, entera.codigo) if f.estado == VIGENTE), None)
    citados = indice(vista, fecha) if citas is None else citas
    return Expediente(
        servicio=vista.servicio.nombre,
        codigo=entera.codigo,
        titulo=v.titulo,
        tipo=_tipo(vista, caso.ficha),
        area=_area(vista, caso.ficha),
        clase=caso.ficha.clase,
        estado=situacion_en_palabras(s, v, caso.ficha.clase),
        rige=s.vigente is not None,
        fecha=fecha,
        ancla=ancla_de(vista),
        generador=GENERADOR,
        datos=(*datos(v, fila), *datos_de_registro(vista.servicio, caso.ficha)),
        resumen=resumen(v, todos),
        verificacion=codigo_corto(v.huella) if v.emision else "",
        documento=hecho,
        versiones=versiones(caso, piezas, todos),
        registros=registros_de(vista, caso.ficha, fecha),
        revisiones=_revisiones(todos) if caso.ficha.clase != "registro" else (),
        proxima=fila.proxima_revision if fila else None,
        vencida=fila is not None and fila.vencida,
        externos=externos(vista, entera.codigo, hecho.lectura, fecha),
        internos=internos(vista, entera.codigo, hecho.lectura, fecha),
        citado_por=citados.get(entera.codigo, ()),
        facultades=facultades(vista, filas, limite - _incluidos(todos)),
        sucesos=todos,
        distribucion=_distribucion(vista, entera, fecha),
        limite=limite,
    )


def _distribucion(vista: Vista, ficha: Ficha, fecha: date) -> Distribucion | None:
    """La distribución del documento como constaba en la fecha; None si nadie anotó nada de ella."""
    a = alcance(vista.servicio, ficha, fecha)
    if ficha.clase == "registro" or not (a.definida or a.copias or a.conocimientos):
        return None
    por_retirar = {p.copia.numero for p in a.por_retirar}
    anteriores = [c for c in a.copias if c.version != a.version and c.numero not in por_retirar]
    return Distribucion(
        a.en_palabras(),
        tuple(filas_de(vista.servicio, a, fecha)),
        tuple(fila_de_copia(vista.servicio, c) for c in anteriores),
    )


def _cuantos(ficha: Ficha, fecha: date) -> int:
    """Cuántos movimientos cuentan en la fecha; NoEncontrado si el código no existía todavía."""
    n = next((k for k, m in enumerate(ficha.actos) if ocurre(m) > fecha), len(ficha.actos))
    if not n:
        raise NoEncontrado(
            f"{ficha.codigo} no existía el {imprimir_fecha(fecha)}",
            lugar="--fecha",
            esperado=f"una fecha desde el {imprimir_fecha(ocurre(ficha.actos[0]))}",
            hacer="corrija la fecha y repita la orden",
        )
    return n


def _hasta(ficha: Ficha, n: int) -> Ficha:
    """La ficha como quedó después de sus primeros `n` movimientos."""
    vacia = ficha._replace(identidad={}, actos=())
    for m in ficha.actos[:n]:
        vacia = vacia.con(m)
    return vacia


def _tipo(vista: Vista, ficha: Ficha) -> str:
    serie = vista.servicio.series.get(ficha.codigo.partition("/")[0]) if "/" in ficha.codigo else None
    tipo = vista.servicio.tipos.get(ficha.tipo)
    return serie.nombre if serie else tipo.nombre if tipo else ficha.tipo


def _area(vista: Vista, ficha: Ficha) -> str:
    area = str(ficha.identidad.get("area", ""))
    return vista.servicio.areas.get(area, area)


def _incluidos(todos: Sequence[Suceso]) -> int:
    """Cuántos bytes de respaldos ya van dentro."""
    return sum(len(r.archivo.contenido) for s in todos for r in s.respaldos if r.archivo)


def _revisiones(todos: Sequence[Suceso]) -> tuple[Revision, ...]:
    """Cada vez que alguien con atribución miró el documento entero y lo dejó vigente."""
    return tuple(Revision(s, _RESULTADOS[s.acto]) for s in todos if s.acto in _RESULTADOS)
