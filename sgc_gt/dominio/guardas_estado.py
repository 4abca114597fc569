"""Guardas del estado: el documento admite el acto ahora, según la tabla."""

from __future__ import annotations

from collections.abc import Iterable

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.caso import Caso, con_estado, en_palabras, negar
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import Situacion


def estado(caso: Caso) -> None:
    """El acto parte del estado en que está la versión, y es el que su ruta espera."""
    if caso.ficha is not None and caso.pedido.acto == "importar":
        _todo_importado(caso, caso.ficha)
        return
    if caso.situacion is None or caso.pedido.acto in tabla.ABREN_CODIGO:
        _codigo_sin_usar(caso)
        return
    if caso.acto.constancia:
        _sobre_una_version(caso)
        return
    if caso.acto.quien == "sistema":
        if caso.version is None:
            raise negar(caso, "no hay una versión emitida que espere su fecha")
        return
    _nada_por_regir(caso, caso.situacion)
    if caso.pedido.acto == "sustraer":  # un archivo puede sobrar en cualquier documento, en cualquier estado
        return
    if caso.version is None or caso.version.estado not in caso.acto.desde:
        vivas = "; ".join(con_estado(v) for v in caso.situacion.vivas())
        raise negar(
            caso,
            f"no se puede {ETIQUETAS[caso.pedido.acto]}: {vivas or _terminado(caso)}",
            _en_uno_de(caso.acto.desde),
        )
    if caso.acto.quien == "paso":
        _el_que_la_ruta_espera(caso)
    if caso.pedido.acto in ("nueva-version", "dejar-sin-efecto"):
        _nada_en_trabajo(caso, caso.situacion)


def _en_uno_de(estados: Iterable[str]) -> str:
    """««Aprobado» o «Visado»»."""
    return " o ".join(f"«{ESTADOS[e]}»" for e in estados)


def _terminado(caso: Caso) -> str:
    """Qué decir de lo que ya no tiene nada vivo; de un registro, en qué terminó."""
    v = caso.version
    return con_estado(v) if v and v.estado in tabla.RETIRADOS else "no queda ninguna versión viva"


def _codigo_sin_usar(caso: Caso) -> None:
    if caso.ficha is not None:
        raise negar(
            caso,
            f"el código {caso.pedido.codigo} ya está usado («{caso.ficha.identidad.get('titulo', '')}»)",
            "un código que nunca se haya usado: no se reutilizan",
            "pida otro código, o abra una nueva versión del documento existente",
        )


def _sobre_una_version(caso: Caso) -> None:
    """Una constancia nombra una versión que existe, en uno de los estados que la tabla dice."""
    v = caso.version
    if v is None:
        dicha = caso.pedido.version
        existen = [x.version for x in (caso.situacion.versiones if caso.situacion else ()) if x.emision]
        raise negar(
            caso,
            f"la versión {dicha} no existe" if dicha else "no hay ninguna versión de la que dejar constancia",
            f"una de estas: {', '.join(existen)}" if any(existen) else "",
            "revise la versión (--version)" if dicha else "",
        )
    if v.estado not in caso.acto.desde:
        raise negar(
            caso,
            f"no se puede {ETIQUETAS[caso.pedido.acto]}: {con_estado(v)}",
            _en_uno_de(caso.acto.desde),
        )


def _todo_importado(caso: Caso, ficha: Ficha) -> None:
    """Otra versión se importa sobre las importadas; después del primer movimiento propio, ya no."""
    propio = next((m for m in ficha.actos if m.acto != "importar" and m.acto not in tabla.CONSTANCIAS), None)
    if propio is not None:
        raise negar(
            caso,
            f"el código {ficha.codigo} ya se lleva en el sistema ({ETIQUETAS[propio.acto]}, "
            f"{imprimir_fecha(propio.fecha)})",
            "un código nuevo, o uno con versiones importadas y ningún otro movimiento",
            "abra una nueva versión con: sgc-gt nueva-version",
        )


def _nada_por_regir(caso: Caso, vista: Situacion) -> None:
    """Lo que ya debía regir se anota antes que cualquier otra cosa: sus archivos aún no están en su lugar."""
    hoy = caso.pedido.registrado.date()
    for v in vista.versiones:
        if v.emision and not v.regida and v.vigente_desde and v.vigente_desde <= hoy:
            raise negar(
                caso,
                f"{en_palabras(v)} rige desde el {imprimir_fecha(v.vigente_desde)} y falta anotarlo",
                "que primero se anote que comienza a regir",
                "repita la orden: el sistema lo anota solo, antes que el acto que se le pide",
            )


def _el_que_la_ruta_espera(caso: Caso) -> None:
    espera = caso.espera
    if caso.version and (espera is None or espera.acto != caso.pedido.acto):
        pendiente = f"espera «{ETIQUETAS[espera.acto]}»" if espera else "ya no espera nada"
        raise negar(
            caso, f"no corresponde {ETIQUETAS[caso.pedido.acto]}: {en_palabras(caso.version)} {pendiente}"
        )


def _nada_en_trabajo(caso: Caso, vista: Situacion) -> None:
    """De un código hay a lo más una versión en trabajo, y ninguna cuando se deja sin efecto."""
    trabajo = vista.abierta or vista.por_regir
    if trabajo is None:
        return
    if trabajo.estado == tabla.EMITIDO:
        salida = f"espere a que comience a regir, el {imprimir_fecha(trabajo.vigente_desde)}"
    else:
        salida = f"termine {en_palabras(trabajo)}, o descártela"
    raise negar(
        caso,
        f"no se puede {ETIQUETAS[caso.pedido.acto]}: {con_estado(trabajo)}",
        "ninguna otra versión en trabajo",
        salida,
    )
