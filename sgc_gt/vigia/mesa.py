"""Lo que la historia dice de cada documento, reducido a lo que la vigilancia necesita."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.ordenes.respuestas import pendientes_de
from sgc_gt.vigia.valores import Expediente


def mesa(vista: Vista, hoy: date) -> dict[str, Expediente]:
    """Código → expediente, de los documentos con algo en trabajo o vigente, y de los que lo tuvieron."""
    return {ficha.codigo: expediente(vista, ficha, hoy) for ficha in vista.fichas()}


def expediente(vista: Vista, ficha: Ficha, hoy: date) -> Expediente:
    """El expediente de una ficha en una fecha."""
    s = situacion(ficha, hoy)
    abierta = s.abierta
    cargos = elaboran(vista.servicio, ficha)
    return Expediente(
        codigo=ficha.codigo,
        version=abierta.version if abierta else "",
        estado=abierta.estado if abierta else "",
        archivo=abierta.archivo if abierta else "",
        sha256=abierta.sha256 if abierta else "",
        huella=abierta.huella if abierta else "",
        cargos=cargos,
        conocidas=_conocidas(ficha),
        borrador=_ruta(vista, rutas.ruta_borrador(ficha, abierta.archivo)) if abierta else "",
        observado=_observado(ficha, abierta),
        **_vigente(vista, ficha, s.vigente),
    )


def _observado(ficha: Ficha, abierta: Version | None) -> str:
    """Las observaciones por responder, en un texto que cambia cuando ellas cambian; vacío si no hay."""
    return " ".join(o.id for o in pendientes_de(ficha, abierta.version)) if abierta else ""


def elaboran(servicio: Servicio, ficha: Ficha) -> tuple[str, ...]:
    """Los cargos que elaboran el documento, con los papeles ya resueltos."""
    valor = ficha.identidad.get("elabora", ())
    dichos = (valor,) if isinstance(valor, str) else tuple(valor)
    return tuple(dict.fromkeys(c for dicho in dichos for c in servicio.con_rol(dicho)))


def personas(vista: Vista, mesa: Iterable[Expediente], hoy: date) -> dict[str, tuple[str, ...]]:
    """Por cada cargo que elabora, los correos de quienes lo ejercen; si nadie, los de quienes lo subrogan."""
    org = vista.organizacion
    cargos = dict.fromkeys(c for e in mesa for c in e.cargos)
    titulares = {c: {p.correo for p in org.titulares(c, hoy)} for c in cargos}
    return {c: tuple(sorted(t or org.pueden_por(c, hoy))) for c, t in titulares.items()}


def _conocidas(ficha: Ficha) -> dict[str, frozenset[str]]:
    """Por versión, los resúmenes y huellas que sus movimientos dejaron: lo que ya está guardado."""
    vistas: dict[str, set[str]] = {}
    for m in ficha.actos:
        vistas.setdefault(m.version, set()).update(v for v in (m.sha256, m.huella) if v)
    return {version: frozenset(valores) for version, valores in vistas.items()}


def _vigente(vista: Vista, ficha: Ficha, v: Version | None) -> Mapping[str, Any]:
    """El archivo que rige y su resumen; nada si es un registro, o si todavía no se ha movido a su lugar."""
    if v is None or "/" in ficha.codigo or not v.archivo or not v.regida:
        return {}
    return {
        "vigente": _ruta(vista, f"{rutas.carpeta(ficha)}/{v.archivo}"),
        "vigente_sha256": v.sha256,
    }


def _ruta(vista: Vista, relativa: str) -> str:
    return Path(vista.repo.raiz, relativa).as_posix()
