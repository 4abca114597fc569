"""`rectificar`: un dato mal escrito de un movimiento; los dos valores quedan a la vista."""

from __future__ import annotations

from datetime import date, datetime

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.fechas import leer_fecha
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.ficha_sistema import CODIGO
from sgc_gt.dominio.impresion import VISACION
from sgc_gt.dominio.rectificacion import ACTO, CAMPO, CAMPOS, DECIA, DICE, MOVIMIENTO, citan, rectificada
from sgc_gt.dominio.regiones import leer_region
from sgc_gt.dominio.situacion import situacion
from sgc_gt.dominio.textos import comparable
from sgc_gt.ordenes.del_sistema import simple
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Peticion, pedido

IMPRESOS = frozenset({"resolucion", "fecha_resolucion"})
"""Lo que la tabla de firmas de una versión emitida lleva impreso."""
YA_FIRMADO = (
    "lo ya firmado en esa calidad conserva el fundamento como se anotó; lo que se firme desde hoy dirá este"
)
DE_LA_VISACION = frozenset({"oficio", "fecha_oficio"})
"""Lo que imprime, además, del oficio que la visó."""


def rectificar(ctx: Contexto, codigo: str, n: int, campo: str, dice: str, peticion: Peticion) -> Resultado:
    """Deja constancia de lo que el dato debía decir; la ficha conserva lo que decía."""
    campo = comparable(campo).replace("-", "_").replace(" ", "_")
    if codigo == CODIGO:
        return _del_servicio(ctx, n, campo, dice, peticion)

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        ficha = vista.ficha(codigo)
        m = _leido(ficha, n)
        extra = _constancia(m, n, campo, dice)
        p, evidencia = pedido(ctx, ACTO, codigo, ficha, peticion._replace(extra=extra), ahora)
        return [Propuesta(p._replace(version=m.version if m else ""), evidencias=evidencia)]

    [resultado] = registrar(ctx, preparar)
    ficha = ctx.vista().ficha(codigo)
    avisos = (*_impreso(ficha, n, campo, ahora=resultado), *_que_lo_citan(ficha, n, campo))
    return resultado._replace(avisos=avisos)


def _del_servicio(ctx: Contexto, n: int, campo: str, dice: str, peticion: Peticion) -> Resultado:
    """Lo mismo, de un movimiento del servicio: una subrogancia, un documento externo, una configuración."""
    m = _leido(ctx.vista().sistema, n)
    commit = simple(ctx, ACTO, peticion._replace(extra=_constancia(m, n, campo, dice)))
    hecho = ctx.vista(commit).sistema.actos[-1]
    avisos = (YA_FIRMADO,) if campo == "fundamento" else ()
    return Resultado(CODIGO, "", "", commit, hecho.origen, "", firma=hecho.firma, avisos=avisos)


def _constancia(m: Movimiento | None, n: int, campo: str, dice: str) -> dict[str, object]:
    """Lo que la constancia anota: de qué movimiento, qué dato, lo que decía y lo que dice."""
    decia = CAMPOS[campo].leer(m) if m and campo in CAMPOS else ""
    return {MOVIMIENTO: n, CAMPO: campo, DECIA: decia, DICE: _en_su_forma(campo, dice)}


def _leido(ficha: Ficha, n: int) -> Movimiento | None:
    actos = rectificada(ficha).actos
    return actos[n - 1] if 1 <= n <= len(actos) else None


def _en_su_forma(campo: str, dice: str) -> str:
    """El valor como se guarda: una fecha, en la forma de la norma; una región, por su código."""
    if campo in CAMPOS and CAMPOS[campo].es_fecha:
        return leer_fecha(dice, "--dice").isoformat()
    region = leer_region(dice) if campo == "region" else None
    return region.codigo if region else dice


def _que_lo_citan(ficha: Ficha, n: int, campo: str) -> tuple[str, ...]:
    """Los movimientos que responden al oficio por el número que se acaba de corregir."""
    extra = ficha.actos[-1].extra
    decia, dice = extra[DECIA], extra[DICE]
    return tuple(
        f"el movimiento {m.n} ({ETIQUETAS[m.acto]}) cita el oficio N° {decia}: desde ahora se muestra "
        f"«responde al N° {dice} (decía que responde al N° {decia})»; si también se anotó mal, use: "
        f"sgc-gt rectificar {ficha.codigo} {m.n} --campo responde --dice {dice}"
        for m in (citan(ficha, n, decia) if campo == "oficio" else ())
    )


def _impreso(ficha: Ficha, n: int, campo: str, *, ahora: Resultado) -> tuple[str, ...]:
    """Lo que una versión ya emitida seguirá diciendo en su papel."""
    v = situacion(ficha, date.max).de(ahora.version)
    emision = v.emision if v and v.emision and v.emision.n > n else None
    visacion = emision and emision.extra.get(VISACION) and ficha.actos[n - 1].acto == "visar"
    if not (emision and campo in (DE_LA_VISACION if visacion else IMPRESOS)):
        return ()
    return (
        f"la versión {ahora.version} de {ficha.codigo} lo lleva impreso como estaba, y así se queda: la "
        "próxima lo dirá bien",
    )
