"""`importar --planilla`: se valida entera, y después entra una versión por acto, en orden.

Lo ya importado se salta: si la orden se interrumpe, repetirla la termina. Un problema en cualquier fila
detiene todo antes de empezar, y se dicen todos a la vez, con hoja y celda.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sgc_gt.contexto import Contexto
from sgc_gt.dominio.importacion import EVIDENCIA, IMPORTAR
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.errores import EntradaInvalida, Problema, Rechazo, UsoIncorrecto
from sgc_gt.listas.planilla_columnas import COLUMNAS
from sgc_gt.listas.planilla_lectura import FilaLeida, PlanillaLeida
from sgc_gt.ordenes.importar import Importacion, importar
from sgc_gt.ordenes.importar_carpeta import leer
from sgc_gt.ordenes.importar_ensayo import Lote, Taller, ensayar, revisar_archivos
from sgc_gt.ordenes.importar_formatos import de_textos
from sgc_gt.ordenes.pedido import Adjunto
from sgc_gt.word.encabezados_ajenos import Familia

IMPORTADA, YA_ESTABA, RESPALDA, OMITIDA = "importada", "ya_estaba", "evidencia", "omitida"


class Hecho(NamedTuple):
    """Lo que pasó con una fila."""

    archivo: str
    codigo: str
    version: str
    resultado: str
    problemas: tuple[str, ...] = ()
    difiere: tuple[str, ...] = ()
    """De lo que ya estaba: qué dice hoy la planilla distinto de lo importado. No se cambia: ya ocurrió."""


def validar(
    ctx: Contexto, planilla: PlanillaLeida, archivos: Mapping[str, Path], nombre: str, area: str = ""
) -> Lote:
    """El lote por importar, en el orden en que entrará; EntradaInvalida con todos los problemas."""
    vista = ctx.vista()
    problemas = list(planilla.problemas)
    formatos = _formatos(planilla, problemas)
    taller = Taller(ctx, vista, ctx.ahora(vista), archivos, formatos)
    elegidas = _elegidas(vista.servicio, planilla, area)
    problemas += _de_celdas(elegidas) + _repetidas(planilla.filas)
    problemas += _sin_destino(planilla.filas, area)
    malas = {p.lugar.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for p in problemas}
    sanas: list[FilaLeida] = []
    enfermas: list[FilaLeida] = []
    for f in elegidas:
        (enfermas if f.lugares["decision"].rpartition("!")[2][1:] in malas else sanas).append(f)
    respaldos = _respaldos(planilla.filas)
    revisar_archivos(taller, enfermas, respaldos, problemas)
    lote = ensayar(taller, sanas, respaldos, problemas)
    if problemas:
        cuantos = "hay un problema" if len(problemas) == 1 else f"hay {len(problemas)} problemas"
        raise EntradaInvalida(
            f"la planilla no se puede llevar a cabo: {cuantos}",
            lugar=nombre,
            hacer="corrija las celdas indicadas, o ponga «omitir» en esas filas, y repita; nada se importó",
            problemas=problemas,
        )
    return lote


def llevar_a_cabo(ctx: Contexto, lote: Lote, avanzar: Callable[[int, Importacion], None]) -> None:
    """Importa cada versión con su acto. Se puede interrumpir en cualquier punto y repetir."""
    for n, (nueva, ruta, respaldos) in enumerate(lote.versiones, start=1):
        if (nueva.codigo, nueva.version) not in lote.hechas:
            try:
                adjuntos = tuple(Adjunto(r.name, leer(r)) for r in respaldos)
                importar(ctx, nueva, Adjunto(ruta.name, leer(ruta)), adjuntos)
            except Rechazo as rechazo:
                # Lo anterior ya ocurrió: quien lee «no se hizo» tiene que saberlo.
                previas = f"lo anterior a {nueva.codigo} {nueva.version} ya entró"
                hacer = f"{previas}; repita la orden y sigue desde ahí"
                rechazo.hacer = "; ".join(filter(None, (rechazo.hacer, hacer)))
                raise
        avanzar(n, nueva)


def resumen(planilla: PlanillaLeida, lote: Lote) -> list[Hecho]:
    """Qué pasó con cada fila de la planilla, en su orden."""
    entraron = {(nueva.codigo, nueva.version) for nueva, _, _ in lote.versiones}
    hechos = []
    for leida in planilla.filas:
        f = leida.fila
        clave = (f.codigo, f.version)
        if f.decision == IMPORTAR and clave in entraron:
            resultado = YA_ESTABA if clave in lote.hechas else IMPORTADA
        else:
            resultado = RESPALDA if f.decision == EVIDENCIA else OMITIDA
        difiere = lote.hechas.get(clave, ()) if resultado == YA_ESTABA else ()
        hechos.append(Hecho(f.archivo, f.codigo, f.version, resultado, f.problemas, difiere))
    return hechos


def _elegidas(servicio: Servicio, planilla: PlanillaLeida, area: str) -> list[FilaLeida]:
    """Las filas por importar, de la versión más antigua a la más nueva de cada código."""
    if area and area not in servicio.areas:
        raise UsoIncorrecto(
            f"«{area}» no es un área del servicio", lugar="--proceso", esperado=", ".join(servicio.areas)
        )
    elegidas = [f for f in planilla.filas if f.fila.decision == IMPORTAR and area in ("", f.fila.area)]
    orden = servicio.formato.orden
    return sorted(
        elegidas,
        key=lambda f: (f.fila.area, f.fila.codigo, orden(f.fila.version) if f.fila.version else (0, 0)),
    )


def _de_celdas(filas: Sequence[FilaLeida]) -> list[Problema]:
    """Las celdas vacías de lo que se importa."""
    return [
        f.problema(c.campo, f"falta «{c.titulo}» de «{f.fila.archivo}»")
        for f in filas
        for c in COLUMNAS
        if c.debida and c.campo != "decision" and not getattr(f.fila, c.campo)
    ]


def _repetidas(filas: Sequence[FilaLeida]) -> list[Problema]:
    """Dos filas que serían la misma versión."""
    importan = [f for f in filas if f.fila.decision == IMPORTAR and f.fila.codigo and f.fila.version]
    veces = Counter((f.fila.codigo, f.fila.version) for f in importan)
    return [
        f.problema(
            "version",
            f"{f.fila.codigo} {f.fila.version} está en {veces[f.fila.codigo, f.fila.version]} filas",
        )
        for f in importan
        if veces[f.fila.codigo, f.fila.version] > 1
    ]


def _respaldos(filas: Sequence[FilaLeida]) -> dict[tuple[str, str], list[str]]:
    """Código y versión → los archivos que los respaldan: los de su celda y los papeles que los nombran."""
    por_version: dict[tuple[str, str], list[str]] = {}
    for f in filas:
        clave = (f.fila.codigo, f.fila.version)
        if f.fila.decision == IMPORTAR:
            por_version.setdefault(clave, []).extend(f.fila.respaldo)
    for f in filas:
        clave = (f.fila.codigo, f.fila.version)
        if f.fila.decision == EVIDENCIA and clave in por_version:
            por_version[clave].append(f.fila.archivo)
    return {clave: list(dict.fromkeys(archivos)) for clave, archivos in por_version.items()}


def _sin_destino(filas: Sequence[FilaLeida], area: str) -> list[Problema]:
    """Los papeles que no respaldan a nadie: se decidió que son evidencia y nadie los nombra."""
    if area:
        return []
    usados = {a for archivos in _respaldos(filas).values() for a in archivos}
    return [
        f.problema("decision", "es evidencia, y ninguna fila que se importa la nombra en «Respaldo»")
        for f in filas
        if f.fila.decision == EVIDENCIA and f.fila.archivo not in usados
    ]


def _formatos(planilla: PlanillaLeida, problemas: list[Problema]) -> dict[str, Familia]:
    formatos = {}
    for clave, textos in planilla.formatos.items():
        try:
            formatos[clave] = de_textos(textos, textos.get("huella", ""))
        except UsoIncorrecto as error:
            problemas.append(Problema(error.mensaje, f"Formatos, fila {clave}", error.esperado))
    return formatos
