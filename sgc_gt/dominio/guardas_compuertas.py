"""Guardas de las compuertas: un acto que se apoya en otro documento no se admite antes que él.

Lo que se mira es el estado anterior al acto, que la repetición de la cadena vuelve a mirar igual; en qué se
apoyó queda en el movimiento. Qué se exige lo dice el tipo: una historia hecha con tipos que no lo decían
sigue siendo legal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.caso import Caso, negar
from sgc_gt.dominio.compuertas import (
    PROPUESTA,
    SIN_PROPUESTA,
    Hallado,
    anio_de,
    buscar,
    de_acto,
)
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.periodos import anio_dicho, solo_anio
from sgc_gt.dominio.servicio import Compuerta, Exige, Tipo
from sgc_gt.dominio.textos import dice_algo
from sgc_gt.errores import ActoNoPermitido, Problema

Fila = Mapping[str, Any]


class Cruce(NamedTuple):
    """Lo que resulta de cruzar las compuertas de un acto."""

    apoyos: tuple[str, ...] = ()  # «PL-GT-01 02»: código y versión de lo que se exigía
    advertencias: tuple[str, ...] = ()  # lo que faltaba y no lo impide


class _Falta(NamedTuple):
    problema: Problema
    hacer: str


def cruzar(caso: Caso) -> Cruce:
    """En qué se apoya el acto; ActoNoPermitido con todo lo que falta si una compuerta está cerrada."""
    if caso.mundo is None:
        return Cruce()
    _la_propuesta_existe(caso)
    apoyos: list[str] = []
    advertencias: list[str] = []
    for compuerta in de_acto(_tipo(caso), caso.pedido.acto):
        hallados, faltan = _mirar(caso, compuerta)
        apoyos += [f"{h.ficha.codigo} {h.version.version}".strip() for h in hallados]
        if faltan and compuerta.avisa:
            advertencias += [f"{compuerta.requisito}: {f.problema.mensaje}" for f in faltan]
        elif faltan:
            raise ActoNoPermitido(
                compuerta.porque,
                lugar=caso.pedido.codigo,
                esperado=_esperado(caso, compuerta),
                hacer="; ".join(dict.fromkeys(f.hacer for f in faltan)),
                problemas=[f.problema for f in faltan],
            )
    return Cruce(tuple(dict.fromkeys(apoyos)), tuple(advertencias))


def _la_propuesta_existe(caso: Caso) -> None:
    """La propuesta que una nueva versión nombra es un registro del servicio, la mire o no una compuerta."""
    p, tipos = caso.pedido, caso.servicio.tipos
    dicha = str(p.extra.get(PROPUESTA, "")) if p.acto == "nueva-version" else ""
    exigidas = (e for c in de_acto(_tipo(caso), p.acto) for e in c.exige)
    if not dicha or caso.mundo is None or any(e.por == PROPUESTA and e.tipo in tipos for e in exigidas):
        return
    if caso.mundo.buscar(dicha) is None:
        raise negar(
            caso,
            f"la propuesta {dicha} no existe",
            "el código de una propuesta de modificación",
            "revise el código (--propuesta), o repita la orden sin ella",
        )


def _tipo(caso: Caso) -> Tipo | None:
    """El tipo cuyas compuertas rigen: lo archivado tal como llegó sigue las del tipo de su serie."""
    if caso.pedido.acto != "registrar":
        return caso.tipo
    serie = caso.pedido.codigo.partition("/")[0]
    return next((t for t in caso.servicio.tipos.values() if t.serie == serie), None)


def _mirar(caso: Caso, compuerta: Compuerta) -> tuple[list[Hallado], list[_Falta]]:
    hallados: list[Hallado] = []
    faltan: list[_Falta] = []
    for fila in _filas(caso, compuerta):
        for exige in compuerta.exige:
            tipo = caso.servicio.tipos.get(exige.tipo)
            if tipo is None:  # un servicio que no lleva ese tipo no lo puede exigir
                continue
            visto = _uno(caso, exige, tipo, fila)
            if visto and visto.cumple:
                hallados.append(visto)
            else:
                faltan.append(_falta(caso, exige, tipo, fila, visto))
    return hallados, faltan


def _filas(caso: Caso, compuerta: Compuerta) -> Iterator[Fila]:
    """Las veces que la compuerta se cruza: una por fila de los datos que nombra, o una, o ninguna."""
    v, extra = caso.version, caso.pedido.extra
    if compuerta.filas:
        if caso.ficha and v and v.archivo and caso.mundo:
            yield from caso.mundo.filas_del_borrador(caso.ficha, v.archivo, compuerta.filas)
    elif compuerta.en_el_periodo:
        sin_ella = not _mismo_periodo(caso) or dice_algo(str(extra.get(SIN_PROPUESTA, "")))
        if extra.get(PROPUESTA) or not sin_ella:  # la que se nombra se mira siempre
            yield extra
    else:
        yield extra


def _mismo_periodo(caso: Caso) -> bool:
    """Si la versión que se abre es del mismo año que la que rige, y esa pasó por visación."""
    v, ficha = caso.version, caso.ficha
    if v is None or ficha is None or not any(m.acto == "visar" for m in v.firmas):
        return False
    ahora = solo_anio(caso.pedido.identidad.get("anio")) or anio_dicho(ficha, v)
    return (ahora or str(caso.pedido.fecha.year)) == anio_de(ficha, v)


def _uno(caso: Caso, exige: Exige, tipo: Tipo, fila: Fila) -> Hallado | None:
    nombra = exige.por or exige.abierta_por
    codigo = str(fila.get(nombra) or "") if nombra else ""
    if (nombra and not codigo) or caso.mundo is None:
        return None
    return buscar(exige, caso.mundo.de_tipo(tipo), caso.pedido.fecha, _anio_de(caso, exige), codigo)


def _periodo(caso: Caso) -> str:
    p, base = caso.pedido, caso.ficha.identidad if caso.ficha else {}
    return solo_anio(p.extra.get("periodo") or p.identidad.get("anio") or base.get("anio"))


def _anio_de(caso: Caso, exige: Exige) -> str:
    """El año en que se busca lo exigido: el del acto, o el anterior si así lo dice la compuerta."""
    anio = _periodo(caso)
    return str(int(anio) - 1) if anio and exige.del_anterior else anio


def _falta(caso: Caso, exige: Exige, tipo: Tipo, fila: Fila, visto: Hallado | None) -> _Falta:
    nombra = exige.por or exige.abierta_por
    nombrado = str(fila.get(nombra) or "") if nombra else ""
    sujeto = f"{fila['indicador']}: " if "indicador" in fila else ""
    if nombra and not nombrado:
        return _Falta(
            Problema(f"{sujeto}no dice qué {tipo.nombre.lower()} lo respalda"),
            f"créela con: sgc-gt crear {exige.tipo}, y nómbrela ({_como_se_nombra(caso, nombra)})",
        )
    if visto is None:
        return _no_hay(caso, exige, tipo, sujeto, nombrado)
    v, codigo = visto.version, visto.ficha.codigo
    version = f" versión {v.version}" if v.version else ""
    problema = f"{sujeto}{codigo}{version} está en «{ESTADOS[v.estado]}»{_oficio(visto, exige)}"
    return _Falta(Problema(problema), _siguiente(visto))


def _como_se_nombra(caso: Caso, nombra: str) -> str:
    return "en los datos" if caso.pedido.acto != "nueva-version" else f"--{nombra}"


def _no_hay(caso: Caso, exige: Exige, tipo: Tipo, sujeto: str, nombrado: str) -> _Falta:
    dia = imprimir_fecha(caso.pedido.fecha)
    de_que_anio = _anio_de(caso, exige)
    anio = f" del año {de_que_anio}" if de_que_anio else ""
    if exige.abierta_por:
        return _Falta(
            Problema(f"{sujeto}no hay una versión de {tipo.nombre} abierta por {nombrado}"),
            f"ábrala con: sgc-gt nueva-version {tipo.serie or 'COD'} --propuesta {nombrado}",
        )
    if nombrado:
        return _Falta(
            Problema(f"{sujeto}{nombrado} no es un registro de tipo «{tipo.nombre}» que hubiera el {dia}"),
            "revise el código de la propuesta",
        )
    return _Falta(
        Problema(f"{sujeto}el {dia} no había ningún documento de tipo «{tipo.nombre}»{anio}"),
        f"créelo con: sgc-gt crear {tipo.id}, y complete su circuito",
    )


def _oficio(visto: Hallado, exige: Exige) -> str:
    """Qué oficio falta, cuando lo que falta es un oficio."""
    v = visto.version
    if exige.estado != "visado" or not v.ruta:
        return ""
    if v.estado == tabla.EN_VISACION:
        envio = next((e for m in reversed(v.firmas) if m.acto == "remitir" for e in m.evidencia), None)
        enviado = f", que responde al N° {envio.numero} del {imprimir_fecha(envio.fecha)}" if envio else ""
        return f": falta el oficio que da la visación técnica{enviado}"
    if v.estado == tabla.APROBADO:
        return ": falta el oficio que lo remite a visación técnica"
    return ""


_PASOS = {
    tabla.BORRADOR: "enviar",
    tabla.EN_REVISION: "revisar",
    tabla.EN_APROBACION: "aprobar",
    tabla.APROBADO: "remitir",
    tabla.EN_VISACION: "visar",
    tabla.VISADO: "emitir",
    tabla.EMITIDO: "emitir",
}


def _siguiente(visto: Hallado) -> str:
    v, codigo = visto.version, visto.ficha.codigo
    espera = v.espera.acto if v.espera else _PASOS.get(v.estado, "enviar")
    if espera == "visar":
        return f"cuando llegue el oficio, anótelo con: sgc-gt visar {codigo} --oficio N --adjunto F"
    return f"complete el circuito de {codigo}; sigue: sgc-gt {espera} {codigo}"


def _esperado(caso: Caso, compuerta: Compuerta) -> str:
    tipos = caso.servicio.tipos
    dichos = dict.fromkeys(f"{tipos[e.tipo].nombre}: {e.estado}" for e in compuerta.exige if e.tipo in tipos)
    return f"{', '.join(dichos)} ({compuerta.requisito})"
