"""El caso: un pedido con todo lo que hace falta mirar para admitirlo o rechazarlo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.compuertas import Mundo
from sgc_gt.dominio.distribucion import CONOCIMIENTOS, destinatarios
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.ficha import Evidencia, Ficha, Observacion, Paso
from sgc_gt.dominio.organizacion import Organizacion
from sgc_gt.dominio.rectificacion import rectificada
from sgc_gt.dominio.servicio import Excepcion, PasoCircuito, Servicio, Tipo
from sgc_gt.dominio.situacion import Situacion, Version, situacion
from sgc_gt.dominio.solicitudes import PIDE, ruta_de_solicitud
from sgc_gt.dominio.textos import limpiar, parrafos, una_linea
from sgc_gt.errores import ActoNoPermitido, NoEncontrado


class Pedido(NamedTuple):
    """Lo que alguien pide: el acto y lo que solo él sabe. Todo lo demás lo deduce el reglamento."""

    acto: str
    codigo: str
    fecha: date
    registrado: datetime  # con zona
    correo: str  # de quién es el acto
    registra: str  # quién lo anota
    tipo: str = ""  # solo al crear
    cargo: str = ""  # el elegido, cuando la persona tiene varios
    version: str = ""  # al importar, la que ya tenía afuera; en una constancia, la que nombra
    motivo: str = ""
    evidencia: tuple[Evidencia, ...] = ()
    observaciones: tuple[Observacion, ...] = ()
    huella: str = ""
    sha256: str = ""
    archivo: str = ""
    vigente_desde: date | None = None
    identidad: Mapping[str, Any] = {}
    extra: Mapping[str, Any] = {}
    firma: str = ""  # huella de la clave con que se firmará, si quien anota firma

    def limpio(self) -> Pedido:
        """El mismo pedido con sus textos en la forma en que se guardan; aplicarlo otra vez no cambia nada."""
        return self._replace(
            motivo=una_linea(self.motivo),
            evidencia=tuple(
                e._replace(numero=una_linea(e.numero), responde=una_linea(e.responde)) for e in self.evidencia
            ),
            observaciones=tuple(
                Observacion(parrafos(o.texto), una_linea(o.seccion), una_linea(o.ancla))
                for o in self.observaciones
            ),
            identidad=limpiar(self.identidad),
            extra=limpiar(self.extra),
        )


class Caso(NamedTuple):
    """El pedido con todo lo que una guarda necesita mirar."""

    servicio: Servicio
    organizacion: Organizacion
    tipo: Tipo
    ficha: Ficha | None
    situacion: Situacion | None
    version: Version | None  # aquella sobre la que el acto recae; None si el acto la abre
    pedido: Pedido
    mundo: Mundo | None = None  # los demás documentos; None: las compuertas todavía no se miran

    @property
    def acto(self) -> tabla.Acto:
        """La fila de la tabla."""
        return tabla.ACTOS[self.pedido.acto]

    @property
    def espera(self) -> Paso | None:
        """El paso de la ruta que este acto cumple, si es un acto de ruta."""
        return self.version.espera if self.version and self.acto.quien == "paso" else None

    def identidad(self, campo: str) -> tuple[str, ...]:
        """Los cargos que la identidad del documento pone en ese campo, con los roles ya resueltos."""
        base = {**(self.ficha.identidad if self.ficha else {}), **self.pedido.identidad}
        valor = base.get(campo, ())
        ids = (valor,) if isinstance(valor, str) else tuple(valor)
        return tuple(dict.fromkeys(c for i in ids for c in self.servicio.con_rol(i)))

    def excepcion(self, regla: str) -> Excepcion | None:
        """La excepción razonada que ampara al documento, lo nombre por el código que lo nombre."""
        codigos = self.ficha.codigos if self.ficha else (self.pedido.codigo,)
        halladas = (self.servicio.excepcion(codigo, regla) for codigo in reversed(codigos))
        return next((e for e in halladas if e), None)

    def rol(self, rol: str) -> tuple[str, ...]:
        """Los cargos de un rol del documento (elabora, revisa…) o del servicio."""
        if rol in ("elabora", "revisa", "aprueba", "responsable"):
            return self.identidad(rol)
        return self.servicio.con_rol(rol)


def armar(
    servicio: Servicio,
    organizacion: Organizacion,
    ficha: Ficha | None,
    pedido: Pedido,
    mundo: Mundo | None = None,
) -> Caso:
    """El caso de un pedido sobre una ficha. ActoNoPermitido o NoEncontrado si no hay tal acto o tal tipo."""
    if pedido.acto not in tabla.ACTOS:
        raise ActoNoPermitido(
            f"«{pedido.acto}» no es un acto sobre documentos",
            lugar=pedido.codigo,
            esperado=", ".join(tabla.ACTOS),
            hacer="elija uno de ellos",
        )
    tipo_id = ficha.tipo if ficha else pedido.tipo
    if (ficha or pedido.acto in tabla.ABREN_CODIGO) and tipo_id not in servicio.tipos:
        raise NoEncontrado(
            f"el tipo «{tipo_id}» no existe en este servicio",
            lugar=pedido.codigo,
            esperado=", ".join(sorted(servicio.tipos)),
            hacer="agréguelo a las plantillas de la configuración",
        )
    if ficha is None and pedido.acto not in tabla.ABREN_CODIGO:
        raise NoEncontrado(
            f"el código {pedido.codigo} no existe",
            lugar=pedido.codigo,
            hacer="vea los códigos con: sgc-gt estado",
        )
    vista = situacion(rectificada(ficha), pedido.registrado.date()) if ficha else None
    version = _version_del_acto(vista, tabla.ACTOS[pedido.acto], pedido.version)
    return Caso(servicio, organizacion, servicio.tipos[tipo_id], ficha, vista, version, pedido, mundo)


def _version_del_acto(vista: Situacion | None, acto: tabla.Acto, dicha: str) -> Version | None:
    if vista is None:
        return None
    if acto.constancia:
        return vista.de(dicha) if dicha else vista.vigente or vista.por_regir or vista.abierta
    if acto.nombre == "regir":
        return next((v for v in vista.versiones if v.emision and not v.regida), None)
    if acto.hasta == tabla.MISMO:
        return vista.vigente or vista.por_regir or vista.abierta
    if acto.nombre in tabla.VIDA:
        return vista.vigente or vista.versiones[-1]
    if tabla.VIGENTE in acto.desde:
        return vista.vigente
    return vista.abierta


def version_del_movimiento(caso: Caso) -> str:
    """El número que el movimiento lleva: el de la versión sobre la que recae, o el de la que abre."""
    if caso.pedido.acto == "importar":
        return caso.pedido.version
    if caso.version and caso.pedido.acto != "nueva-version":
        return caso.version.version
    return "" if "/" in caso.pedido.codigo else version_nueva(caso)


def version_nueva(caso: Caso) -> str:
    """El número que toma la versión que se abre: el siguiente al mayor consumido (dominio §2.3)."""
    formato = caso.servicio.formato
    consumidas = _consumidas(caso.situacion)
    if not consumidas:
        return formato.inicial()
    return formato.siguiente(max(consumidas, key=formato.orden), menor=bool(caso.pedido.extra.get("menor")))


def _consumidas(vista: Situacion | None) -> list[str]:
    return [v.version for v in (vista.versiones if vista else ()) if v.emision or v.quemada]


def ficha_nueva(servicio: Servicio, pedido: Pedido) -> Ficha:
    """La ficha de un código que nace: una instancia de serie es un registro, cualquiera sea su formato."""
    clase = "registro" if "/" in pedido.codigo else servicio.tipos[pedido.tipo].clase
    return Ficha(pedido.codigo, pedido.tipo, clase, {})


def posibles(situacion: Situacion | None) -> tuple[str, ...]:
    """Los actos con que el documento avanza ahora, cualquiera sea quien los pida; las constancias, aparte."""
    if situacion is None:
        return tuple(sorted(tabla.ABREN_CODIGO))
    estados = {v.estado for v in situacion.vivas()}
    abierta = situacion.abierta
    en_trabajo = abierta or situacion.por_regir
    admitidos = []
    for acto in tabla.TABLA:
        aparte = acto.constancia or acto.hasta == tabla.MISMO or acto.quien == "sistema"
        if aparte or not estados & set(acto.desde):
            continue
        if acto.quien == "paso" and not (abierta and abierta.espera and abierta.espera.acto == acto.nombre):
            continue
        if acto.nombre in ("nueva-version", "dejar-sin-efecto") and en_trabajo:
            continue
        admitidos.append(acto.nombre)
    return tuple(admitidos)


def negar(caso: Caso, mensaje: str, esperado: str = "", hacer: str = "") -> ActoNoPermitido:
    """El rechazo de un caso; sin otra indicación, dice qué actos son posibles ahora."""
    if not hacer:
        admitidos = posibles(caso.situacion)
        nombres = [f"{tabla.ORDEN.get(nombre, nombre)} ({ETIQUETAS[nombre]})" for nombre in admitidos]
        hacer = f"ahora es posible: {', '.join(nombres)}" if nombres else "por ahora no hay actos posibles"
    return ActoNoPermitido(mensaje, lugar=caso.pedido.codigo, esperado=esperado, hacer=hacer)


def en_palabras(version: Version) -> str:
    """Cómo se nombra la versión en una oración; un registro no tiene número."""
    return f"la versión {version.version}" if version.version else "el registro"


def con_estado(version: Version) -> str:
    """La versión y su estado: «la versión 02 está en «En revisión»»."""
    return f"{en_palabras(version)} está en «{ESTADOS[version.estado]}»"


def adjuntos(evidencia: Iterable[Evidencia]) -> tuple[Evidencia, ...]:
    """La evidencia que trae archivo."""
    return tuple(e for e in evidencia if e.sha256)


def cargos_que_pueden(caso: Caso) -> tuple[str, ...]:
    """Los cargos a los que el procedimiento entrega este acto, en este momento del documento.

    Cuando un paso pide a varios, van primero aquellos por los que nadie ha actuado todavía.
    """
    quien = caso.acto.quien
    if quien in ("paso", "revisores"):
        espera = caso.version.espera if caso.version else None
        if caso.version is None or espera is None:
            return ()
        return tuple(dict.fromkeys((*caso.version.cargos_por_actuar(), *espera.cargos)))
    if caso.pedido.acto == "registrar" or quien == "custodia":
        serie = caso.servicio.series.get(caso.pedido.codigo.split("/")[0])
        propios = caso.servicio.con_rol(serie.responsable) if serie else ()
        return tuple(dict.fromkeys((*propios, *caso.servicio.con_rol("control_documental"))))
    if quien == "cualquiera":
        propios = caso.organizacion.cargos_de(caso.pedido.correo, caso.pedido.fecha)
        return tuple(dict.fromkeys((*propios, *caso.servicio.cargos)))
    if quien == "destinatarios":
        if CONOCIMIENTOS in caso.pedido.extra:
            return caso.servicio.con_rol("control_documental")
        primero = destinatarios(caso.servicio, caso.ficha) if caso.ficha else ()
        return tuple(dict.fromkeys((*primero, *caso.servicio.cargos)))
    return caso.rol(quien)


def ruta_de(caso: Caso) -> tuple[Paso, ...]:
    """La ruta concreta de un envío: el circuito con los cargos de este documento ya puestos."""
    nombre = caso.version.circuito if caso.version else caso.tipo.circuito
    if nombre not in caso.servicio.circuitos:
        raise negar(
            caso,
            f"el circuito «{nombre}», con que se abrió el borrador, ya no existe",
            ", ".join(sorted(caso.servicio.circuitos)),
            "repóngalo en la configuración (sgc-gt configurar) y repita el envío",
        )
    return tuple(_paso(caso, paso) for paso in caso.servicio.circuitos[nombre])


def ruta_solicitada(caso: Caso) -> tuple[Paso, ...]:
    """La ruta de una solicitud, según qué se pide y quién la presenta; vacía si no la hay."""
    extra, cargo = caso.pedido.extra, str(caso.pedido.identidad.get("elabora", ""))
    ruta = ruta_de_solicitud(caso.servicio, caso.tipo, str(extra.get(PIDE, "")), cargo)
    return tuple(_paso(caso, paso) for paso in ruta.pasos) if ruta else ()


def _paso(caso: Caso, paso: PasoCircuito) -> Paso:
    cargos = caso.rol(paso.rol)
    evidencia = paso.evidencia or (caso.tipo.aprobacion if paso.acto == "aprobar" else ())
    cuantos = paso.cuantos or (len(cargos) if paso.rol == "revisa" else 1)
    return Paso(paso.acto, cargos, max(cuantos, 1), paso.distinto_de, evidencia)
