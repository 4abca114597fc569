"""Con qué facultad actuó quien no era titular: la subrogancia o delegación que lo habilitaba, y su papel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sgc_gt.consultas.expediente_sucesos import leido
from sgc_gt.consultas.expediente_valores import Facultad, Respaldo
from sgc_gt.consultas.historial_detalle import evidencia
from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha, Movimiento, movimiento_a_dict
from sgc_gt.dominio.ficha_sistema import subrogancia
from sgc_gt.dominio.organizacion import Subrogancia
from sgc_gt.dominio.rectificacion import rectificaciones, rectificada
from sgc_gt.repositorio.contenidos import Contenido

CARPETA = f"registros/{rutas.EVIDENCIAS}"
Filas = Sequence[Mapping[str, Any]]


def facultades(vista: Vista, filas: Filas, libre: int) -> tuple[Facultad, ...]:
    """Una por cada investidura con que alguien actuó sin ser titular. `libre`: bytes de adjuntos que caben.

    Los movimientos del sistema que la registraron son de la historia de todo el servicio.
    """
    registradas = list(_registradas(vista.sistema))
    halladas: dict[tuple[str, str, str, str], tuple[Movimiento, Subrogancia] | None] = {}
    usos: dict[tuple[str, str, str, str], list[int]] = {}
    for f in filas:
        if f["calidad"] == "titular":
            continue
        clave = f["cargo"], f["correo"], f["calidad"], f["base_calidad"]
        usos.setdefault(clave, []).append(f["n"])
        ampara = ((m, s) for m, s, dichos in reversed(registradas) if _ampara(s, dichos, f))
        halladas[clave] = next(ampara, halladas.get(clave))
    return tuple(_armadas(vista, usos, halladas, libre))


def _registradas(sistema: Ficha) -> Iterator[tuple[Movimiento, Subrogancia, frozenset[str]]]:
    """Cada subrogancia como se lee hoy, con todos los fundamentos que ha dicho: se firmó con alguno."""
    hechas = rectificaciones(sistema)
    for m in rectificada(sistema).actos:
        if m.acto == "subrogar":
            s = subrogancia(m.extra)
            yield m, s, frozenset({s.base, *(r.decia for r in hechas.get(m.n, ()))})


def _ampara(s: Subrogancia, fundamentos: frozenset[str], f: Mapping[str, Any]) -> bool:
    investida = (s.cargo, s.calidad) == (f["cargo"], f["calidad"]) and f["base_calidad"] in fundamentos
    return investida and s.rige(date.fromisoformat(f["fecha"]))


def _armadas(
    vista: Vista,
    usos: Mapping[tuple[str, str, str, str], Sequence[int]],
    halladas: Mapping[tuple[str, str, str, str], tuple[Movimiento, Subrogancia] | None],
    libre: int,
) -> Iterator[Facultad]:
    org = vista.organizacion
    for clave, movimientos in usos.items():
        cargo, correo, calidad, base = clave
        m, s = halladas[clave] or (None, None)
        respaldos = tuple(_respaldos(vista, m, libre)) if m else ()
        libre -= sum(len(r.archivo.contenido) for r in respaldos if r.archivo)
        yield Facultad(
            movimientos=tuple(movimientos),
            correo=correo,
            suplente=org.nombre_cargo(s.suplente) if s else "",
            cargo=org.nombre_cargo(cargo),
            calidad=calidad,
            base=_fundamento(m, base),
            desde=s.desde if s else None,
            hasta=s.hasta if s else None,
            registrada=m.n if m else None,
            respaldos=respaldos,
        )


def _fundamento(m: Movimiento | None, base: str) -> str:
    """El fundamento con que se firmó y, si se rectificó, lo que debía decir."""
    ahora = str(m.extra["base"]) if m else base
    return base if base == ahora else f"{ahora} (decía {base})"


def _respaldos(vista: Vista, m: Movimiento, libre: int) -> Iterator[Respaldo]:
    dichas = movimiento_a_dict(m).get("evidencia", [])
    for e, dicha in zip(m.evidencia, dichas, strict=True):
        archivo = None
        if e.sha256:
            archivo = leido(vista, Contenido(f"{CARPETA}/{e.archivo}", e.tamano, e.sha256), libre)
            libre -= len(archivo.contenido)
        yield Respaldo(evidencia(dicha), e.clase, archivo)
