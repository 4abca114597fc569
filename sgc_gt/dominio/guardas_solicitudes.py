"""Guardas de las solicitudes: qué se pide, cómo se resuelve y qué acto atiende la que se aceptó."""

from __future__ import annotations

from sgc_gt.dominio import guardas_codigo
from sgc_gt.dominio import solicitudes as s
from sgc_gt.dominio.actos import CONSTANCIAS, VIDA
from sgc_gt.dominio.caso import Caso, negar
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.textos import dice_algo
from sgc_gt.errores import ActoNoPermitido

PROPIOS = frozenset({"solicitar", "resolver", "revisar", "descartar", "reasignar"}) | VIDA | CONSTANCIAS
"""Lo que se hace con una solicitud; lo demás es de los documentos."""


def de_documentos(caso: Caso) -> None:
    """Una solicitud se presenta y se resuelve; lo demás, con los documentos que la atienden."""
    acto = caso.pedido.acto
    if caso.tipo.rutas and acto not in PROPIOS:
        raise negar(
            caso,
            f"una solicitud se presenta y se resuelve: no corresponde «{ETIQUETAS[acto]}»",
            "sgc-gt solicitar, y después sgc-gt resolver",
            "si hay que completarla, resuélvala como devuelta y que se presente otra",
        )
    if not caso.tipo.rutas and acto in ("solicitar", "resolver"):
        raise negar(
            caso,
            f"no es una solicitud: es de tipo «{caso.tipo.nombre}»",
            hacer="preséntela con: sgc-gt solicitar",
        )


def solicitar(caso: Caso) -> None:
    """Dice qué se pide y, si es sobre un documento, cuál; y hay por dónde llevarla."""
    guardas_codigo.titulo(caso)
    guardas_codigo.serie(caso)
    guardas_codigo.papeles(caso)
    guardas_codigo.cargos(caso)
    p = caso.pedido
    pide, documento = str(p.extra.get(s.PIDE, "")), str(p.extra.get(s.DOCUMENTO, ""))
    if p.cargo and p.identidad.get("elabora") != p.cargo:
        raise negar(caso, "la solicitud es del cargo de quien la presenta", hacer="repita la orden")
    if not s.ruta_de_solicitud(caso.servicio, caso.tipo, pide, p.cargo):
        admitidas = sorted({q for r in caso.tipo.rutas for q in r.pide})
        raise negar(
            caso,
            f"no hay por dónde llevar una solicitud de «{pide}»",
            ", ".join(f"«{q}»" for q in admitidas),
            "elija una de ellas, o complete sus rutas en la configuración",
        )
    if pide in s.SOBRE_UN_DOCUMENTO and not documento:
        raise negar(caso, "falta decir de qué documento", "un código (--documento)", "use --documento COD")
    if documento and pide == s.CREACION:
        raise negar(
            caso,
            f"{documento} ya existe: no se pide crearlo",
            "una creación no nombra un documento",
            f"use: sgc-gt solicitar modificacion --documento {documento}; o, si es otro, repita "
            "la orden sin --documento",
        )
    if documento and _buscar(caso, documento) is None:
        raise negar(
            caso,
            f"el documento {documento} no existe",
            "un código del servicio",
            "revise el código, o pida su creación",
        )


def resolver(caso: Caso) -> None:
    """Una decisión de las cuatro, con su razón; si se une a otra, a una que existe y no se unió ya."""
    p = caso.pedido
    decision, con = str(p.extra.get(s.DECISION, "")), str(p.extra.get(s.CON, ""))
    if decision not in s.DECISIONES or bool(con) != (decision == "unida"):
        raise negar(
            caso,
            "la decisión no se entiende",
            "--acepta, --rechaza, --devuelve o --junta-con COD",
            "elija una de ellas",
        )
    if decision != "aceptada" and not dice_algo(p.motivo):
        raise negar(caso, "falta la razón", "por qué se decide así (--motivo)", "use --motivo")
    if con:
        otra = _buscar(caso, con)
        if otra is None or otra.tipo != caso.tipo.id or con == p.codigo or s.decision_de(otra) == "unida":
            raise negar(
                caso,
                f"no se puede unir a {con}",
                "otra solicitud, que no se haya unido a su vez",
                "revise el código (--junta-con)",
            )


def atiende(caso: Caso) -> None:
    """El acto que dice atender una solicitud: la aceptaron, pide esto, y de este documento."""
    p = caso.pedido
    codigo = p.extra.get(s.SOLICITUD)
    if codigo is None or caso.mundo is None:
        return
    ficha = _buscar(caso, str(codigo))
    presentada = ficha.actos[0] if ficha and ficha.actos[0].acto == "solicitar" else None
    if ficha is None or presentada is None or p.acto not in s.ATIENDE:
        raise negar(caso, f"{codigo} no es una solicitud", "el código de una", "revíselo (--solicitud)")
    if (decision := s.decision_de(ficha)) != "aceptada":
        estado = s.DECISIONES[decision] if decision else "sin resolver"
        raise negar(
            caso,
            f"la solicitud {codigo} está {estado}",
            "una solicitud aceptada",
            "resuélvala primero con: sgc-gt resolver",
        )
    de, pide = str(presentada.extra.get(s.DOCUMENTO, "")), str(presentada.extra[s.PIDE])
    otro_documento = bool(de and p.acto != "crear" and caso.ficha and de not in caso.ficha.codigos)
    if otro_documento or pide not in s.ATIENDE[p.acto]:
        sobre = f" de {de}" if de else ""
        raise _no_es_lo_pedido(caso, f"la solicitud {codigo} pide {s.QUE[pide]}{sobre}")


def _no_es_lo_pedido(caso: Caso, mensaje: str) -> ActoNoPermitido:
    return negar(
        caso,
        f"{mensaje}: «{ETIQUETAS[caso.pedido.acto]}» no la atiende",
        "el acto y el documento que se pidieron",
        "revise el código de la solicitud (--solicitud)",
    )


def _buscar(caso: Caso, codigo: str) -> Ficha | None:
    return caso.mundo.buscar(codigo) if caso.mundo else caso.ficha
