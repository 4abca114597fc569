"""Los actos con que el sistema se cambia a sí mismo: iniciar, configurar, subrogar, externos y rectificar.

Viven en una ficha propia (`registros/sistema.json`), con las mismas reglas de fecha y persona que las demás.
"""

from __future__ import annotations

from sgc_gt.dominio.caso import Pedido, adjuntos
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.externos import externos_de, guardar_externo
from sgc_gt.dominio.fechas import RELOJ_ATRASADO, imprimir_fecha, imprimir_instante, leer_instante
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.ficha_sistema import ACTOS_SISTEMA, organizacion, subrogancia
from sgc_gt.dominio.guardas_firma import firma
from sgc_gt.dominio.guardas_rectificacion import Escrito, exigir_rectificable
from sgc_gt.dominio.organizacion import CALIDADES, Investidura, Organizacion
from sgc_gt.dominio.parecidos import esperados
from sgc_gt.dominio.reglamento import origen
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.textos import dice_algo, prohibidos, textos_en
from sgc_gt.errores import ActoNoPermitido, NoEncontrado, UsoIncorrecto

SIN_MOTIVO = {
    "configurar": "para cambiar la configuración",
    "rectificar": "para rectificar un dato",
}
"""Los actos que dicen su porqué, y cómo se dice lo que sin él no se hace."""


def decidir_sistema(servicio: Servicio, ficha: Ficha, pedido: Pedido) -> Movimiento:
    """El movimiento de un acto del sistema, o ActoNoPermitido. `servicio` es el anterior al acto.

    En `iniciar` no hay un antes: vale la configuración que el mismo acto instala.
    """
    pedido = pedido.limpio()
    _acto(ficha, pedido)
    _textos(pedido)
    _fechas(ficha, pedido)
    org = organizacion(servicio, ficha)
    investidura = _quien(servicio, org, pedido)
    firma(servicio, pedido)
    if pedido.acto in SIN_MOTIVO and not dice_algo(pedido.motivo):
        raise _negar(f"{SIN_MOTIVO[pedido.acto]} falta el motivo", "el motivo (--motivo)", "use --motivo")
    if pedido.acto == "subrogar":
        _guarda_subrogar(servicio, org, pedido)
    if pedido.acto == "externo":
        guardar_externo(externos_de(ficha), pedido.extra)
        _exigir_cargo(servicio, str(pedido.extra.get("verifica", "")))
    if pedido.acto == "rectificar":
        exigir_rectificable(Escrito(ficha, pedido, servicio.regiones))
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
        motivo=pedido.motivo,
        evidencia=pedido.evidencia,
        firma=pedido.firma,
        extra=pedido.extra,
    )


def _negar(mensaje: str, esperado: str, hacer: str) -> ActoNoPermitido:
    return ActoNoPermitido(mensaje, lugar="sistema", esperado=esperado, hacer=hacer)


def _acto(ficha: Ficha, p: Pedido) -> None:
    """El sistema se inicia una vez, y antes que todo lo demás."""
    if p.acto not in ACTOS_SISTEMA:
        raise _negar(f"«{p.acto}» no es un acto del sistema", ", ".join(ACTOS_SISTEMA), "elija uno de ellos")
    if (p.acto == "iniciar") == bool(ficha.actos):
        mensaje = "el sistema ya se inició" if ficha.actos else "el sistema todavía no se inicia"
        raise _negar(mensaje, "iniciar una sola vez, primero", "revise en qué carpeta está")


def _textos(p: Pedido) -> None:
    malos = prohibidos("".join(textos_en((p.motivo, p.extra, p.evidencia))))
    if malos:
        raise _negar(
            f"el texto trae caracteres que no se pueden guardar ni imprimir ({malos})",
            "letras, números, signos y espacios",
            "escriba el texto de nuevo, sin pegarlo desde otro programa",
        )


def _fechas(ficha: Ficha, p: Pedido) -> None:
    """Igual que en un documento: ni futura, ni hacia atrás, ni distinta de hoy sin evidencia."""
    hoy, ultimo = p.registrado.date(), ficha.actos[-1] if ficha.actos else None
    if ultimo and p.registrado.replace(microsecond=0) < leer_instante(ultimo.registrado):
        raise _negar(
            f"el reloj dice {imprimir_instante(p.registrado)}, y el último acto del sistema se anotó el "
            f"{imprimir_instante(leer_instante(ultimo.registrado))}",
            "una hora igual o posterior",
            RELOJ_ATRASADO,
        )
    if p.fecha > hoy:
        raise _negar(
            f"la fecha del acto, {imprimir_fecha(p.fecha)}, es futura (hoy es {imprimir_fecha(hoy)})",
            "una fecha hasta hoy",
            "repita el acto con la fecha en que ocurrió",
        )
    if ultimo and p.fecha < ultimo.fecha:
        raise _negar(
            f"la fecha {imprimir_fecha(p.fecha)} es anterior al último acto del sistema "
            f"({imprimir_fecha(ultimo.fecha)})",
            f"una fecha desde el {imprimir_fecha(ultimo.fecha)}",
            "las fechas no retroceden: revise la fecha o la evidencia",
        )
    if p.fecha != hoy and not adjuntos(p.evidencia):
        raise _negar(
            f"la fecha {imprimir_fecha(p.fecha)} no es la de hoy y no hay evidencia que la diga",
            "un adjunto con esa fecha (--adjunto)",
            "use --adjunto con el documento que la prueba, o la fecha de hoy",
        )


def _quien(servicio: Servicio, org: Organizacion, p: Pedido) -> Investidura:
    """Los actos del sistema son de control documental, por sí mismo."""
    admitidos = [c for c in servicio.con_rol("control_documental") if not p.cargo or c == p.cargo]
    hallada = next(
        (i for c in admitidos if (i := org.investidura(p.correo, c, p.fecha)) is not None),
        None,
    )
    corresponde = org.nombres(servicio.con_rol("control_documental"), o=True)
    if hallada is None:
        raise _negar(
            f"a {p.correo} no le corresponde «{ETIQUETAS[p.acto]}»",
            corresponde,
            f"debe hacerlo {corresponde}",
        )
    if p.correo != p.registra:
        raise _negar(
            f"«{ETIQUETAS[p.acto]}» no se registra a nombre de otra persona",
            corresponde,
            "que lo haga la propia persona, sin --como",
        )
    return hallada


def _exigir_cargo(servicio: Servicio, cargo: str) -> None:
    """Quien verifica un documento externo es un cargo del servicio, si el acto lo nombra."""
    if cargo and not servicio.con_rol(cargo):
        raise _sin_cargo(servicio, cargo)


def _sin_cargo(servicio: Servicio, cargo: str) -> NoEncontrado:
    return NoEncontrado(
        f"el cargo «{cargo}» no existe",
        esperado=esperados(cargo, servicio.cargos),
        hacer="use la clave de un cargo de la configuración",
    )


def _guarda_subrogar(servicio: Servicio, org: Organizacion, p: Pedido) -> None:
    try:
        s = subrogancia(p.extra)
    except (KeyError, ValueError) as error:
        raise UsoIncorrecto(
            f"la subrogancia no se entiende ({error})",
            lugar="sistema",
            esperado="cargo, suplente, calidad, base y fechas",
        ) from None
    for cargo in (s.cargo, s.suplente):
        if cargo not in servicio.cargos:
            raise _sin_cargo(servicio, cargo)
    if s.calidad not in CALIDADES[1:]:
        raise UsoIncorrecto(
            f"«{s.calidad}» no es una calidad",
            lugar="--calidad",
            esperado=", ".join(CALIDADES[1:]),
            hacer="use una de ellas",
        )
    if not dice_algo(s.base):
        raise UsoIncorrecto("falta la ley o el acto que funda la subrogancia", hacer="use --base")
    if s.hasta and s.hasta < s.desde:
        raise UsoIncorrecto(
            f"la subrogancia terminaría el {imprimir_fecha(s.hasta)}, antes de empezar",
            lugar="--hasta",
            esperado=f"una fecha desde el {imprimir_fecha(s.desde)}",
            hacer="revise las dos fechas",
        )
    siguen = servicio.cargos[s.cargo].subrogantes
    if s.suplente not in siguen:
        raise ActoNoPermitido(
            f"{org.nombre_cargo(s.suplente)} no está entre quienes subrogan a {org.nombre_cargo(s.cargo)}",
            esperado=org.nombres(siguen),
            hacer="elija a quien sigue en el orden, o cambie el orden en la configuración",
        )
