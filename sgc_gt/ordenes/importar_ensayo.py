"""El ensayo de una importación: cada fila se decide sobre la anterior, sin anotar nada.

Lo que el reglamento negaría se sabe antes de empezar, y se dice todo a la vez con su celda.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio.caso import ficha_nueva
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.importacion import Fila
from sgc_gt.dominio.importado import Afuera, difieren, llego_de
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.errores import Problema, Rechazo
from sgc_gt.listas.planilla_lectura import FilaLeida
from sgc_gt.ordenes.borrador import recibir
from sgc_gt.ordenes.importar import DE_TEXTO, Importacion, pedido_de
from sgc_gt.ordenes.importar_carpeta import leer
from sgc_gt.ordenes.pedido import Adjunto
from sgc_gt.word.encabezados_ajenos import Familia

_POR_VERIFICAR = "1:" + "0" * 64
"""La huella de un ensayo: el reglamento no la mira al importar, y calcularla es leer el documento entero."""


class Lote(NamedTuple):
    """Lo que se va a importar, ya validado: cada versión con su archivo y sus respaldos."""

    versiones: tuple[tuple[Importacion, Path, tuple[Path, ...]], ...]
    hechas: Mapping[tuple[str, str], tuple[str, ...]]
    """Código y versión que ya estaban → lo que la planilla dice hoy distinto de lo que se importó."""


class Taller(NamedTuple):
    """Lo que hace falta para validar."""

    ctx: Contexto
    vista: Vista
    ahora: datetime
    archivos: Mapping[str, Path]
    formatos: Mapping[str, Familia]


def ensayar(
    taller: Taller,
    filas: Sequence[FilaLeida],
    respaldos: Mapping[tuple[str, str], Sequence[str]],
    problemas: list[Problema],
) -> Lote:
    """Decide cada versión sobre la anterior, sin anotar nada: lo que el reglamento negaría se sabe antes."""
    fichas: dict[str, Ficha | None] = {}
    versiones: list[tuple[Importacion, Path, tuple[Path, ...]]] = []
    hechas: dict[tuple[str, str], tuple[str, ...]] = {}
    for leida in filas:
        f = leida.fila
        if f.codigo not in fichas:
            fichas[f.codigo] = taller.vista.buscar(f.codigo)
        previos = len(problemas)
        archivo = _archivo(taller, leida, problemas)
        papeles = list(_papeles(taller, leida, respaldos[f.codigo, f.version], problemas))
        if archivo is None or len(problemas) > previos:
            continue
        nueva = _importacion(taller, f)
        versiones.append((nueva, taller.archivos[f.archivo], tuple(ruta for ruta, _ in papeles)))
        hecho = _importado(fichas[f.codigo], f)
        if hecho:
            hechas[f.codigo, f.version] = difieren(hecho, nueva.identidad, f.vigente_desde, nueva.aprobacion)
            continue
        try:
            p, _ = pedido_de(
                taller.ctx,
                taller.vista,
                nueva,
                archivo,
                tuple(adjunto for _, adjunto in papeles),
                taller.ahora,
            )
            antes = fichas[f.codigo]
            movimiento = decidir(
                taller.vista.servicio, taller.vista.organizacion, antes, p._replace(huella=_POR_VERIFICAR)
            )
            fichas[f.codigo] = (antes or ficha_nueva(taller.vista.servicio, p)).con(movimiento)
        except Rechazo as rechazo:
            problemas.append(leida.problema(_campo_de(rechazo.mensaje), rechazo.mensaje, rechazo.esperado))
    return Lote(tuple(versiones), hechas)


def revisar_archivos(
    taller: Taller,
    filas: Sequence[FilaLeida],
    respaldos: Mapping[tuple[str, str], Sequence[str]],
    problemas: list[Problema],
) -> None:
    """De las filas con alguna celda mala, lo que igual se puede saber: sus archivos y sus respaldos.

    Así, una celda no esconde los problemas de las demás de su fila.
    """
    for leida in filas:
        _archivo(taller, leida, problemas)
        suyos = respaldos.get((leida.fila.codigo, leida.fila.version), ())
        list(_papeles(taller, leida, suyos, problemas))


def _importado(ficha: Ficha | None, f: Fila) -> Movimiento | None:
    """El movimiento que ya importó esa versión de ese archivo."""
    actos = ficha.actos if ficha else ()
    return next((m for m in actos if m.version == f.version and llego_de(m, f.sha256)), None)


def _archivo(taller: Taller, leida: FilaLeida, problemas: list[Problema]) -> Adjunto | None:
    """El archivo de la fila, si está, es el que se simuló y se puede recibir."""
    f = leida.fila
    ruta = taller.archivos.get(f.archivo)
    if ruta is None:
        problemas.append(leida.problema("archivo", f"«{f.archivo}» no está en la carpeta"))
        return None
    tipo = taller.vista.servicio.tipos.get(f.tipo)  # None: su celda está mala, y ya se dijo
    try:
        archivo = Adjunto(ruta.name, leer(ruta))
        if f.sha256 and hashlib.sha256(archivo.contenido).hexdigest() != f.sha256:
            problemas.append(
                leida.problema(
                    "archivo", f"«{f.archivo}» cambió después de hacer la planilla", "el mismo archivo"
                )
            )
        recibir(archivo.contenido, archivo.nombre)
    except Rechazo as rechazo:
        problemas.append(leida.problema("archivo", str(rechazo).replace("\n", " ")))
        return None
    if tipo and tipo.con_plantilla and ruta.suffix.lower() not in (".docx", *DE_TEXTO):
        problemas.append(
            leida.problema("tipo", f"«{ruta.name}» no es un documento de Word (.docx)", "Archivo controlado")
        )
    return archivo


def _papeles(
    taller: Taller, leida: FilaLeida, nombres: Sequence[str], problemas: list[Problema]
) -> Iterator[tuple[Path, Adjunto]]:
    """Los respaldos de la fila, la resolución primero."""
    for nombre in nombres:
        ruta = taller.archivos.get(nombre)
        if ruta is None:
            problemas.append(leida.problema("respaldo", f"«{nombre}» no está en la carpeta"))
            continue
        try:
            yield ruta, Adjunto(ruta.name, leer(ruta))
        except Rechazo as rechazo:
            problemas.append(leida.problema("respaldo", str(rechazo)))


def _importacion(taller: Taller, f: Fila) -> Importacion:
    formato = taller.formatos.get(f.familia)
    return Importacion(
        codigo=f.codigo,
        version=f.version,
        tipo=f.tipo,
        vigente_desde=f.vigente_desde,
        identidad={
            "titulo": f.titulo,
            "area": f.area,
            "elabora": f.elabora,
            "revisa": list(f.revisa),
            "aprueba": f.aprueba,
            "responsable": f.responsable,
        },
        aprobacion=Afuera(f.aprobado, f.elaboro, f.reviso, f.aprobo),
        resolucion=f.resolucion,
        anterior=f.anterior,
        familia=formato.a_dict() if formato else {},
    )


_PALABRAS = (
    ("título", "titulo"),
    ("versión", "version"),
    ("regiría", "vigente_desde"),
    ("rige", "vigente_desde"),
    ("respaldo", "respaldo"),
    ("PDF", "respaldo"),
    ("área", "area"),
    ("cargo", "elabora"),
    ("código", "codigo"),
    ("serie", "codigo"),
)


def _campo_de(mensaje: str) -> str:
    """La celda a la que apunta una negativa del reglamento; si no se sabe, la decisión de la fila."""
    return next((campo for palabra, campo in _PALABRAS if palabra in mensaje), "decision")
