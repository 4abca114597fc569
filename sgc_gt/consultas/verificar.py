"""`verificar`: repite la cadena entera, acto por acto, por las mismas guardas con que se registró.

Lo que se exige de cada movimiento está en `repeticion`. Al final: que las etiquetas sean las de las
emisiones, que las evidencias estén y que los archivos de la carpeta sean los registrados.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from sgc_gt.consultas.ancla import ancla_de
from sgc_gt.consultas.repeticion import Diferencia, Quiebre, Taller, repetir
from sgc_gt.consultas.replica import Replica
from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.errores import IntegridadRota, Rechazo
from sgc_gt.repositorio.contenidos import Contenido
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.repositorio.valores import Ajeno, Commit

__all__ = ["Hallazgo", "Informe", "ancla_de", "evidencias_de", "informe_a_dict", "verificar"]

TANDA = 64
"""Cuántos movimientos se leen por vez: los archivos de una tanda caben holgados en la memoria."""

CARPETA = {
    "modificado": "el archivo de la carpeta no es el registrado: alguien lo cambió",
    "falta": "el archivo no está en la carpeta; la historia lo conserva",
}


class Hallazgo(NamedTuple):
    """Algo que no es como los actos dicen."""

    regla: str
    lugar: str  # movimiento o archivo
    mensaje: str


class Informe(NamedTuple):
    """El resultado: `ok`, cuántos movimientos se revisaron y lo que se encontró."""

    ok: bool
    revisado: int
    alertas: tuple[Hallazgo, ...]
    avisos: tuple[Hallazgo, ...] = ()  # lo que no contradice a ningún movimiento y conviene mirar


def verificar(repo: Repositorio, taller: Taller, avanzar: Callable[[int], None] = lambda _: None) -> Informe:
    """Revisa la cadena y se detiene en el primer movimiento que rompe una regla.

    `taller` lee y sella archivos Word; lo pone quien llama, porque componerlos es de otro piso.
    """
    replica = Replica(repo)
    alertas: list[Hallazgo] = []
    etiquetas: dict[str, bytes] = {}
    revisado = 0
    anterior: Commit | None = None
    try:
        for commit, diferencia in _por_tandas(repo, replica):
            try:
                etiquetas.update(repetir(replica, commit, anterior, diferencia, taller))
            except (Quiebre, Rechazo) as quiebre:
                alertas.append(_hallazgo(commit, revisado + 1, quiebre))
                return Informe(False, revisado, tuple(alertas))
            anterior = commit
            revisado += 1
            avanzar(revisado)
    except Quiebre as quiebre:
        alertas.append(Hallazgo(quiebre.regla, f"movimiento {revisado + 1}", quiebre.mensaje))
    except Rechazo as rechazo:
        alertas.append(Hallazgo("historia", rechazo.lugar or f"movimiento {revisado + 1}", rechazo.mensaje))
    if not alertas:
        alertas.extend(_etiquetas(repo, etiquetas))
        alertas.extend(_evidencias(repo, replica))
        alertas.extend(_carpeta(repo))
    avisos = () if alertas else tuple(_sobrantes(repo))
    return Informe(not alertas, revisado, tuple(alertas), avisos)


def _por_tandas(repo: Repositorio, replica: Replica) -> Iterator[tuple[Commit, Diferencia]]:
    """Los movimientos con lo que cambiaron; cada tanda trae sus archivos en una conversación con git."""
    movimientos = zip(repo.bitacora(), repo.diferencias(), strict=False)
    fallo: Rechazo | None = None
    while fallo is None:
        tanda: list[tuple[Commit, Diferencia]] = []
        try:
            for commit, (oid, diferencia) in islice(movimientos, TANDA):
                if oid != commit.oid:
                    raise Quiebre("cadena", "el orden de los movimientos no es el de la historia")
                tanda.append((commit, diferencia))
        except Rechazo as rechazo:  # lo anterior se revisa igual: el primer quiebre puede estar antes
            fallo = rechazo
        with suppress(IntegridadRota):  # un archivo dañado se nombra al llegar a su movimiento
            pares = (par for _, diferencia in tanda for par in diferencia.values())
            replica.despensa.traer(nuevo or viejo or "" for viejo, nuevo in pares)
        yield from tanda
        if len(tanda) < TANDA:
            break
    if fallo is not None:
        raise fallo


def _hallazgo(commit: Commit, n: int, quiebre: Quiebre | Rechazo) -> Hallazgo:
    regla = quiebre.regla if isinstance(quiebre, Quiebre) else "acto"
    oracion = commit.mensaje.partition("\n")[0]
    return Hallazgo(regla, f"movimiento {n} ({commit.oid[:12]}): {oracion}", str(quiebre))


def _etiquetas(repo: Repositorio, esperadas: dict[str, bytes]) -> Iterator[Hallazgo]:
    presentes = repo.etiquetas()
    for nombre, datos in esperadas.items():
        if nombre not in presentes:
            yield Hallazgo("etiquetas", nombre, "falta la etiqueta de esta emisión")
            continue
        oid, tipo = presentes[nombre]
        if tipo != "tag" or repo.leer_objeto(oid)[1] != datos:
            yield Hallazgo(
                "etiquetas", nombre, "la etiqueta no es la de esta emisión: alguien la movió o la cambió"
            )
    for nombre in sorted(set(presentes) - set(esperadas)):
        yield Hallazgo("etiquetas", nombre, "ninguna emisión explica esta etiqueta")


def _evidencias(repo: Repositorio, replica: Replica) -> Iterator[Hallazgo]:
    for ruta, contenido in evidencias_de(replica):
        hallazgo = repo.revisar_contenido(contenido)
        if hallazgo:
            yield Hallazgo("evidencia", ruta, hallazgo)


def evidencias_de(vista: Vista) -> Iterator[tuple[str, Contenido]]:
    """Todos los archivos de evidencia que las fichas declaran, con su ruta."""
    for ficha in (vista.sistema, *vista.fichas()):
        base = "registros" if ficha.clase == "sistema" else rutas.carpeta(ficha)
        for m in ficha.actos:
            piezas: list[tuple[str, int, str]] = [
                (e.archivo, e.tamano, e.sha256) for e in m.evidencia if e.archivo
            ]
            if m.acto == "registrar" and m.archivo:
                piezas.append((m.archivo, int(m.extra["tamano"]), m.sha256))
            for nombre, tamano, sha in piezas:
                ruta = f"{base}/{rutas.EVIDENCIAS}/{nombre}"
                yield ruta, Contenido(ruta, tamano, sha)


def _carpeta(repo: Repositorio) -> Iterator[Hallazgo]:
    for ajeno in repo.cambios_ajenos(completo=True):
        if _por_registrar(ajeno):
            continue
        yield Hallazgo("carpeta", ajeno.ruta, CARPETA[ajeno.causa])


def _por_registrar(ajeno: Ajeno) -> bool:
    """Un archivo que nadie nombra, o la configuración a medio editar, no contradicen a ningún movimiento."""
    return ajeno.causa == "sobra" or (ajeno.causa == "modificado" and rutas.es_configuracion(ajeno.ruta))


def _sobrantes(repo: Repositorio) -> Iterator[Hallazgo]:
    """Lo que conviene mirar: archivos que nadie registró, y configuración editada sin registrar todavía."""
    for ajeno in repo.cambios_ajenos():
        if ajeno.causa == "modificado" and rutas.es_configuracion(ajeno.ruta):
            yield Hallazgo("carpeta", ajeno.ruta, "editado sin registrar; use sgc-gt configurar")
        if ajeno.causa == "sobra" and ajeno.ruta.startswith(("documentos/", "registros/")):
            yield Hallazgo("carpeta", ajeno.ruta, "ningún movimiento puso aquí este archivo")


def informe_a_dict(informe: Informe) -> dict[str, Any]:
    """El informe con las claves del contrato."""
    return {
        "ok": informe.ok,
        "revisado": informe.revisado,
        "alertas": [a._asdict() for a in informe.alertas],
        "avisos": [a._asdict() for a in informe.avisos],
    }
