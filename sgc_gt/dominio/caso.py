"""El caso: un pedido con todo lo que hace falta mirar para admitirlo o rechazarlo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.ficha import Evidencia, Ficha, Observacion, Paso
from sgc_gt.dominio.organizacion import Organizacion
from sgc_gt.dominio.servicio import PasoCircuito, Servicio, Tipo
from sgc_gt.dominio.situacion import Situacion, Version, situacion
from sgc_gt.errores import ActoNoPermitido, NoEncontrado


class Pedido(NamedTuple):
    """Lo que alguien pide: el acto y lo que solo él sabe. Todo lo demás lo deduce el reglamento."""

    acto: str
    codigo: str
    fecha: date
    registrado: datetime
    correo: str  # de quién es el acto
    registra: str  # quién lo anota
    tipo: str = ""  # solo al crear
    cargo: str = ""  # el elegido, cuando la persona tiene varios
    motivo: str = ""
    evidencia: tuple[Evidencia, ...] = ()
    observaciones: tuple[Observacion, ...] = ()
    huella: str = ""
    sha256: str = ""
    archivo: str = ""
    vigente_desde: date | None = None
    identidad: Mapping[str, Any] = {}
    extra: Mapping[str, Any] = {}


class Caso(NamedTuple):
    """El pedido con todo lo que una guarda necesita mirar."""

    servicio: Servicio
    organizacion: Organizacion
    tipo: Tipo
    ficha: Ficha | None
    situacion: Situacion | None
    version: Version | None
    pedido: Pedido

    @property
    def acto(self) -> tabla.Acto:
        """La fila de la tabla."""
        return tabla.ACTOS[self.pedido.acto]

    def identidad(self, campo: str) -> tuple[str, ...]:
        """Los cargos que la identidad del documento pone en ese campo, con los roles ya resueltos."""
        base = {**(self.ficha.identidad if self.ficha else {}), **self.pedido.identidad}
        valor = base.get(campo, ())
        ids = (valor,) if isinstance(valor, str) else tuple(valor)
        return tuple(c for i in ids for c in self.servicio.con_rol(i))

    def rol(self, rol: str) -> tuple[str, ...]:
        """Los cargos de un rol del documento (elabora, revisa…) o del servicio."""
        if rol in ("elabora", "revisa", "aprueba", "responsable"):
            return self.identidad(rol)
        return self.servicio.con_rol(rol)


def armar(servicio: Servicio, organizacion: Organizacion, ficha: Ficha | None, pedido: Pedido) -> Caso:
    tipo_id = ficha.tipo if ficha else pedido.tipo
    if tipo_id not in servicio.tipos:
        raise NoEncontrado(
            f"el tipo «{tipo_id}» no existe en este servicio",
            lugar=pedido.codigo,
            esperado=", ".join(sorted(servicio.tipos)),
        )
    vista = situacion(ficha, pedido.registrado.date()) if ficha else None
    return Caso(
        servicio,
        organizacion,
        servicio.tipos[tipo_id],
        ficha,
        vista,
        _version_del_acto(vista, tabla.ACTOS[pedido.acto]),
        pedido,
    )


def _version_del_acto(vista: Situacion | None, acto: tabla.Acto) -> Version | None:
    if vista is None:
        return None
    if acto.nombre == "regir":
        return next((v for v in vista.versiones if v.emision and not v.regida), None)
    if tabla.VIGENTE in acto.desde:
        return vista.vigente
    return vista.abierta


def ficha_nueva(servicio: Servicio, pedido: Pedido) -> Ficha:
    """La ficha de un código que nace: una instancia de serie es un registro, cualquiera sea su formato."""
    clase = "registro" if "/" in pedido.codigo else servicio.tipos[pedido.tipo].clase
    return Ficha(pedido.codigo, pedido.tipo, clase, {})


def posibles(situacion: Situacion | None) -> tuple[str, ...]:
    """Los actos que la tabla admite ahora para el documento, cualquiera sea quien los pida."""
    if situacion is None:
        return tuple(sorted(tabla.ABREN_CODIGO))
    estados = {v.estado for v in situacion.vivas()}
    abierta = situacion.abierta
    admitidos = []
    for acto in tabla.TABLA:
        if not estados & set(acto.desde) or acto.quien == "sistema":
            continue
        if acto.quien == "paso" and not (abierta and abierta.espera and abierta.espera.acto == acto.nombre):
            continue
        if acto.nombre == "nueva-version" and (abierta or situacion.por_regir):
            continue
        if acto.nombre == "dejar-sin-efecto" and abierta:
            continue
        admitidos.append(acto.nombre)
    return tuple(admitidos)


def negar(caso: Caso, mensaje: str, esperado: str = "", hacer: str = "") -> ActoNoPermitido:
    if not hacer:
        nombres = [f"{nombre} ({ETIQUETAS[nombre]})" for nombre in posibles(caso.situacion)]
        hacer = f"ahora es posible: {', '.join(nombres)}" if nombres else "no hay actos posibles"
    return ActoNoPermitido(mensaje, lugar=caso.pedido.codigo, esperado=esperado, hacer=hacer)


def adjuntos(evidencia: Iterable[Evidencia]) -> tuple[Evidencia, ...]:
    return tuple(e for e in evidencia if e.sha256)


def cargos_que_pueden(caso: Caso) -> tuple[str, ...]:
    """Los cargos a los que el procedimiento entrega este acto, en este momento del documento."""
    quien = caso.acto.quien
    if quien == "paso":
        return caso.version.espera.cargos if caso.version and caso.version.espera else ()
    if quien == "revisores":
        espera = caso.version.espera if caso.version else None
        return espera.cargos if espera else ()
    if caso.pedido.acto == "registrar":
        serie = caso.servicio.series.get(caso.pedido.codigo.split("/")[0])
        propios = caso.servicio.con_rol(serie.responsable) if serie else ()
        return (*propios, *caso.servicio.con_rol("control_documental"))
    return caso.rol(quien)


def ruta_de(caso: Caso) -> tuple[Paso, ...]:
    """La ruta concreta de un envío: el circuito con los cargos de este documento ya puestos."""
    v = caso.version
    circuito = caso.servicio.circuitos[v.circuito if v else caso.tipo.circuito]
    return tuple(_paso(caso, paso) for paso in circuito)


def _paso(caso: Caso, paso: PasoCircuito) -> Paso:
    cargos = caso.rol(paso.rol)
    evidencia = paso.evidencia or (caso.tipo.aprobacion if paso.acto == "aprobar" else ())
    cuantos = paso.cuantos or (len(cargos) if paso.rol == "revisa" else 1)
    return Paso(paso.acto, cargos, max(cuantos, 1), paso.distinto_de, evidencia)
