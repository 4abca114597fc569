"""Los actos con que el sistema se cambia a sí mismo: iniciar, configurar, subrogar y documentos externos.

Viven en una ficha propia (`registros/sistema.json`), con las mismas reglas de fecha y persona que las demás.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sgc_gt.dominio.caso import Pedido, adjuntos
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.externos import guardar_externo, plegar
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.organizacion import CALIDADES, Investidura, Organizacion, Subrogancia
from sgc_gt.dominio.reglamento import origen
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.errores import ActoNoPermitido, NoEncontrado, UsoIncorrecto

CODIGO = "SISTEMA"
ACTOS_SISTEMA = ("iniciar", "configurar", "subrogar", "externo")


def ficha_vacia() -> Ficha:
    """La ficha del sistema antes de su primer acto."""
    return Ficha(CODIGO, "sistema", "sistema", {})


def subrogancias(ficha: Ficha) -> tuple[Subrogancia, ...]:
    """Las subrogancias registradas, la más reciente primero (la última manda)."""
    return tuple(_subrogancia(m.extra) for m in reversed(ficha.actos) if m.acto == "subrogar")


def _subrogancia(extra: Mapping[str, Any]) -> Subrogancia:
    return Subrogancia(
        cargo=str(extra["cargo"]),
        suplente=str(extra["suplente"]),
        calidad=str(extra["calidad"]),
        base=str(extra["base"]),
        desde=date.fromisoformat(str(extra["desde"])),
        hasta=date.fromisoformat(str(extra["hasta"])) if extra.get("hasta") else None,
    )


def organizacion(servicio: Servicio, ficha: Ficha) -> Organizacion:
    """La organización del servicio con las subrogancias que la ficha del sistema registra."""
    return Organizacion(servicio.cargos, servicio.personas, subrogancias(ficha))


def decidir_sistema(servicio: Servicio, ficha: Ficha, pedido: Pedido) -> Movimiento:
    """El movimiento de un acto del sistema, o ActoNoPermitido. `servicio` es el anterior al acto.

    En `iniciar` no hay un antes: vale la configuración que el mismo acto instala.
    """
    _fechas(ficha, pedido)
    org = organizacion(servicio, ficha)
    investidura = _quien(servicio, org, pedido)
    if pedido.acto == "configurar" and not pedido.motivo.strip():
        raise ActoNoPermitido("para cambiar la configuración falta el motivo", hacer="use --motivo")
    if pedido.acto == "subrogar":
        _guarda_subrogar(servicio, org, pedido)
    if pedido.acto == "externo":
        guardar_externo(plegar(ficha.actos), pedido.extra)
    return Movimiento(
        n=len(ficha.actos) + 1,
        acto=pedido.acto,
        version="",
        fecha=pedido.fecha,
        registrado=pedido.registrado.isoformat(timespec="seconds"),
        correo=pedido.correo,
        cargo=investidura.cargo,
        registra=pedido.registra,
        origen=origen(pedido),
        calidad=investidura.calidad,
        base_calidad=investidura.base,
        motivo=pedido.motivo.strip(),
        evidencia=pedido.evidencia,
        extra=pedido.extra,
    )


def _fechas(ficha: Ficha, p: Pedido) -> None:
    """Igual que en un documento: ni futura, ni hacia atrás, ni distinta de hoy sin evidencia."""
    if p.fecha > p.registrado.date():
        raise ActoNoPermitido(f"la fecha del acto, {imprimir_fecha(p.fecha)}, es futura")
    if ficha.actos and p.fecha < ficha.actos[-1].fecha:
        raise ActoNoPermitido(
            f"la fecha {imprimir_fecha(p.fecha)} es anterior al último acto del sistema "
            f"({imprimir_fecha(ficha.actos[-1].fecha)})",
            hacer="las fechas no retroceden: revise la fecha o la evidencia",
        )
    if p.fecha != p.registrado.date() and not adjuntos(p.evidencia):
        raise ActoNoPermitido(
            f"la fecha {imprimir_fecha(p.fecha)} no es la de hoy y no hay evidencia que la diga",
            hacer="use --adjunto con el documento que la prueba, o la fecha de hoy",
        )


def _quien(servicio: Servicio, org: Organizacion, p: Pedido) -> Investidura:
    """Los actos del sistema son de control documental, por sí mismo."""
    admitidos = [c for c in servicio.con_rol("control_documental") if not p.cargo or c == p.cargo]
    hallada = next(
        (i for c in admitidos if (i := org.investidura(p.correo, c, p.fecha)) is not None),
        None,
    )
    if hallada is None or p.correo != p.registra:
        quien = p.correo if hallada is None else p.registra
        corresponde = org.nombres(servicio.con_rol("control_documental"))
        raise ActoNoPermitido(
            f"a {quien} no le corresponde «{ETIQUETAS[p.acto]}»",
            esperado=corresponde,
            hacer=f"debe hacerlo {corresponde}",
        )
    return hallada


def _guarda_subrogar(servicio: Servicio, org: Organizacion, p: Pedido) -> None:
    s = _subrogancia(p.extra)
    for cargo in (s.cargo, s.suplente):
        if cargo not in servicio.cargos:
            raise NoEncontrado(f"el cargo «{cargo}» no existe", esperado=", ".join(servicio.cargos))
    if s.calidad not in CALIDADES[1:]:
        raise UsoIncorrecto(f"«{s.calidad}» no es una calidad", esperado=", ".join(CALIDADES[1:]))
    if not s.base.strip():
        raise UsoIncorrecto("falta la ley o el acto que funda la subrogancia", hacer="use --base")
    if s.hasta and s.hasta < s.desde:
        raise UsoIncorrecto("la subrogancia termina antes de empezar", lugar="--hasta")
    siguen = servicio.cargos[s.cargo].subrogantes
    if s.suplente not in siguen:
        raise ActoNoPermitido(
            f"{org.nombre_cargo(s.suplente)} no está entre quienes subrogan a {org.nombre_cargo(s.cargo)}",
            esperado=org.nombres(siguen),
            hacer="elija a quien sigue en el orden, o cambie el orden en la configuración",
        )


def con(ficha: Ficha, movimientos: Iterable[Movimiento]) -> Ficha:
    """La ficha con esos movimientos al final."""
    for movimiento in movimientos:
        ficha = ficha.con(movimiento)
    return ficha
