"""Lo que una configuración nueva no puede quitar: nadie queda sin control documental, nada queda huérfano."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.organizacion import SISTEMA
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import ActoNoPermitido, Problema

PAPELES = ("elabora", "revisa", "aprueba", "responsable")


def guardar_configuracion(nuevo: Servicio, fichas: Iterable[Ficha], hoy: date) -> None:
    """ActoNoPermitido, con todos los problemas, si la configuración deja algo sin dueño o sin regla."""
    todas = tuple(fichas)
    problemas = [
        *_sin_control(nuevo, hoy),
        *(p for ficha in todas if ficha.clase != SISTEMA for p in _huerfano(nuevo, ficha)),
        *_claves_borradas(nuevo, todas),
    ]
    if problemas:
        raise ActoNoPermitido(
            "la configuración nueva dejaría documentos o actos sin quien responda",
            hacer="reponga lo que falta y repita la orden; nada cambió",
            problemas=problemas,
        )


def _sin_control(nuevo: Servicio, hoy: date) -> Iterator[Problema]:
    cargos = nuevo.con_rol("control_documental")
    if not any(p.cargo in cargos and p.ejerce(hoy) for p in nuevo.personas):
        yield Problema("nadie ejercería el control documental: no se podría registrar ni corregir nada")


def _claves_borradas(nuevo: Servicio, fichas: Iterable[Ficha]) -> Iterator[Problema]:
    """Una clave que firmó no se borra: con ella se comprueba, con git solo, lo que firmó."""
    usadas = dict.fromkeys((m.registra, m.firma) for f in fichas for m in f.actos if m.firma)
    for correo, huella in usadas:
        propias = (c for p in nuevo.personas if p.correo == correo for c in p.claves)
        if huella not in {c.huella for c in propias}:
            yield Problema(
                f"la clave {huella} firmó movimientos",
                correo,
                hacer="déjela en «claves» y póngale «hasta»",
            )


def _huerfano(nuevo: Servicio, ficha: Ficha) -> Iterator[Problema]:
    """Un área se exige siempre (ahí está su carpeta); tipo y cargos, mientras el documento viva."""
    area = ficha.identidad.get("area")
    if ficha.clase != "registro" and area not in nuevo.areas:
        yield Problema(f"el área {area} tiene documentos", ficha.codigo)
    if not situacion(ficha).vivas() or ficha.clase == "registro":
        return
    if ficha.tipo not in nuevo.tipos:
        yield Problema(f"el tipo «{ficha.tipo}» tiene documentos", ficha.codigo)
    for papel in PAPELES:
        valor = ficha.identidad.get(papel, ())
        for cargo in (valor,) if isinstance(valor, str) else valor:
            if cargo not in nuevo.cargos:
                yield Problema(f"el cargo «{cargo}» figura en «{papel}»", ficha.codigo)
