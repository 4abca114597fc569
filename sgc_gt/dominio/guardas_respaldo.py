"""Guardas de respaldo: lo que cada acto exige decir o adjuntar, y lo que su paso acepta como prueba."""

from __future__ import annotations

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.caso import Caso, negar
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.etiquetas import CLASES_EVIDENCIA
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Evidencia
from sgc_gt.dominio.textos import dice_algo
from sgc_gt.dominio.vida import acto_administrativo

_ELECTRONICA = "firma_electronica"
_FALTAS = {
    "motivo": "el motivo (--motivo)",
    "observaciones": "las observaciones (--texto o --archivo)",
    "oficio": "el número y la fecha del oficio (--oficio, --fecha-oficio)",
    "adjunto": "el archivo del oficio (--adjunto)",
    "acto_administrativo": "el número, la fecha y el archivo de la resolución o del decreto "
    "(--resolucion o --decreto, --fecha-oficio, --adjunto)",
}


def exigencias(caso: Caso) -> None:
    """No falta nada de lo que la tabla exige al acto, ni el respaldo que su paso pide."""
    exige = caso.acto.exige
    if _viene_de_fuera(caso):
        exige = (*exige, "oficio", "adjunto")
    pendientes = [_FALTAS[clave] for clave in exige if not _trae(caso, clave)]
    if pendientes:
        raise negar(
            caso,
            f"para «{ETIQUETAS[caso.pedido.acto]}» hay que indicar {' y '.join(pendientes)}",
            hacer="repita la orden con lo que falta",
        )
    _respaldo_del_paso(caso)
    _contesta_el_envio(caso)


def _viene_de_fuera(caso: Caso) -> bool:
    """Devolver desde la visación es una respuesta de un tercero: entra por oficio."""
    return bool(caso.pedido.acto == "devolver" and caso.version and caso.version.estado == tabla.EN_VISACION)


def _trae(caso: Caso, clave: str) -> bool:
    p, oficio = caso.pedido, _oficio(caso.pedido.evidencia)
    if clave == "motivo":
        return dice_algo(p.motivo)
    if clave == "observaciones":
        return any(dice_algo(o.texto) for o in p.observaciones)
    if clave == "acto_administrativo":
        return acto_administrativo(p.evidencia) is not None
    if clave == "oficio":
        return oficio is not None and bool(oficio.numero and oficio.fecha)
    return oficio is not None and bool(oficio.sha256)


def _oficio(evidencia: tuple[Evidencia, ...]) -> Evidencia | None:
    return next((e for e in evidencia if e.clase == "oficio"), None)


def _respaldo_del_paso(caso: Caso) -> None:
    """El paso acepta ciertas formas de respaldo, cualquiera de las que nombra.

    «firma» es el acto de la propia persona en el sistema; «firma_electronica», que además lo firme con su
    clave. Las demás son adjuntos.
    """
    p, paso = caso.pedido, caso.espera
    if paso is None or not paso.evidencia:
        return
    aceptadas = set(paso.evidencia) - {"firma", _ELECTRONICA}
    resolucion = next((e for e in p.evidencia if e.clase == "resolucion"), None)
    if resolucion and "resolucion" in aceptadas and not (resolucion.numero and resolucion.sha256):
        raise negar(
            caso,
            "la resolución necesita su número y su archivo",
            hacer="use --resolucion N y --adjunto F",
        )
    if any(e.clase in aceptadas and e.sha256 for e in p.evidencia):
        return
    propia = p.correo == p.registra
    if propia and ("firma" in paso.evidencia or (p.firma and _ELECTRONICA in paso.evidencia)):
        return
    if propia and _ELECTRONICA in paso.evidencia:
        raise negar(
            caso,
            f"«{ETIQUETAS[p.acto]}» pide la firma electrónica de quien lo hace, y viene sin firma",
            ", ".join(CLASES_EVIDENCIA[e] for e in paso.evidencia),
            "firme con su clave registrada (git config user.signingkey)"
            + (", o adjunte el respaldo con --adjunto" if aceptadas else ""),
        )
    raise negar(
        caso,
        f"«{ETIQUETAS[p.acto]}» no trae un respaldo que el circuito acepte",
        ", ".join(CLASES_EVIDENCIA[e] for e in paso.evidencia),
        "adjunte el respaldo con --adjunto (y --resolucion N si es una resolución)",
    )


def _contesta_el_envio(caso: Caso) -> None:
    """La respuesta de la visación contesta el último oficio de envío, y no es anterior a él."""
    p, v = caso.pedido, caso.version
    if v is None or not (p.acto == "visar" or _viene_de_fuera(caso)):
        return
    remision = next((m for m in reversed(v.firmas) if m.acto == "remitir"), None)
    envio, respuesta = _oficio(remision.evidencia) if remision else None, _oficio(p.evidencia)
    if envio is None or respuesta is None:
        return
    # Un oficio con observaciones puede no citar el envío; una visación que no lo cita no prueba nada.
    if respuesta.responde != envio.numero and (respuesta.responde or p.acto == "visar"):
        raise negar(
            caso,
            f"el oficio N° {respuesta.numero} no dice que responde al oficio de envío (N° {envio.numero})",
            f"--responde {envio.numero}",
            "indique a qué oficio contesta",
        )
    if respuesta.fecha and envio.fecha and respuesta.fecha < envio.fecha:
        raise negar(
            caso,
            f"el oficio N° {respuesta.numero} es del {imprimir_fecha(respuesta.fecha)}, anterior al de envío "
            f"(N° {envio.numero}, del {imprimir_fecha(envio.fecha)})",
            f"una fecha desde el {imprimir_fecha(envio.fecha)}",
            "revise la fecha del oficio (--fecha-oficio)",
        )
