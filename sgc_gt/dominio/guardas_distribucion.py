"""Guardas de la distribución: a quién, qué copias, quién tomó conocimiento y qué se retira."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sgc_gt.dominio import distribucion as d
from sgc_gt.dominio.caso import Caso, adjuntos, en_palabras, negar
from sgc_gt.dominio.etiquetas import DESTINOS_COPIA, SOPORTES_COPIA
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.guardas_fechas import nace
from sgc_gt.dominio.organizacion import Investidura
from sgc_gt.dominio.regiones import REGIONES
from sgc_gt.dominio.textos import dice_algo

_REPETIR = "repita la orden"


def distribuir(caso: Caso) -> None:
    """Una versión que rige, o por regir, llega a cargos que existen; cada copia, con un número sin usar."""
    extra = caso.pedido.extra
    _todavia_rige(caso)
    dichas, entrega, copias = (extra.get(c, ()) for c in (d.DESTINATARIOS, d.ENTREGA, d.COPIAS))
    if not (_textos(dichas) and _textos(entrega) and all(map(_es_copia, _lista(copias)))):
        raise negar(caso, "lo que se distribuye no se entiende", hacer=_REPETIR)
    if not (dichas or entrega or copias):
        raise negar(
            caso,
            "no dice a quién se distribuye",
            "un cargo, un rol, un código de región o «todas»",
            "use --a con uno de ellos",
        )
    nombrables(caso, dichas)
    _cargos(caso, (*entrega, *(c["cargo"] for c in copias)))
    _numeros(caso, [c["numero"] for c in copias])


def tomar_conocimiento(caso: Caso, investidura: Investidura) -> None:
    """Cada quien lo toma una vez por versión; por varios a la vez, solo con el papel que lo prueba."""
    _todavia_rige(caso)
    previos = d.conocimientos(caso.ficha) if caso.ficha else ()
    ya = {(c.cargo, c.correo) for c in previos if caso.version and c.version == caso.version.version}
    if d.CONOCIMIENTOS not in caso.pedido.extra:
        _una_vez(caso, (investidura.cargo, caso.pedido.correo), ya)
        return
    _hoja(caso)
    for toma in caso.pedido.extra[d.CONOCIMIENTOS]:
        _una_vez(caso, (toma["cargo"], toma.get("correo", "")), ya)
        ya.add((toma["cargo"], toma.get("correo", "")))
        _en_su_dia(caso, toma)


def _hoja(caso: Caso) -> None:
    """Lo que dice la hoja se entiende, y la hoja viene."""
    tomados, otros = caso.pedido.extra[d.CONOCIMIENTOS], caso.pedido.extra.get(d.OTROS, 0)
    if not (all(map(_es_toma, _lista(tomados))) and type(otros) is int and otros >= 0 and (tomados or otros)):
        raise negar(caso, "quiénes tomaron conocimiento no se entiende", hacer=_REPETIR)
    if not adjuntos(caso.pedido.evidencia):
        raise negar(
            caso,
            "anotar que otros tomaron conocimiento necesita el papel que lo prueba",
            "la hoja firmada, la lista de asistencia o la respuesta por correo",
            "adjúntela con --adjunto",
        )
    _cargos(caso, (t["cargo"] for t in tomados))


def retirar_copia(caso: Caso) -> None:
    """Se retiran copias de esa versión que alguien todavía tiene, y se dice en qué terminaron."""
    numeros = caso.pedido.extra.get(d.RETIRADAS)
    _destino(caso)
    suyas = {c.numero: c for c in _copias(caso) if caso.version and c.version == caso.version.version}
    if not numeros:
        raise negar(caso, "no dice qué copia se retira", "su número", "use --copia N")
    for numero in _lista(numeros):
        _se_puede_retirar(caso, numero, suyas)
    if len(set(numeros or ())) != len(numeros or ()):
        raise negar(caso, "el retiro nombra dos veces la misma copia", hacer=_REPETIR)


def _destino(caso: Caso) -> None:
    destino = caso.pedido.extra.get(d.DESTINO)
    if destino not in d.DESTINOS:
        raise negar(
            caso,
            "no dice en qué terminó la copia",
            " o ".join(DESTINOS_COPIA.values()),
            "use --devuelta, --destruida o --extraviada",
        )
    if destino == "extraviada" and not dice_algo(caso.pedido.motivo):
        raise negar(
            caso, "una copia extraviada necesita su explicación", "el motivo (--motivo)", "use --motivo"
        )


def _se_puede_retirar(caso: Caso, numero: Any, suyas: Mapping[int, d.Copia]) -> None:
    copia = suyas.get(numero) if type(numero) is int else None
    if copia is None or copia.retiro is not None:
        en_uso = [n for n, c in suyas.items() if c.retiro is None]
        hecho = f"ya se retiró el {imprimir_fecha(copia.retiro)}" if copia else "no consta"
        raise negar(
            caso,
            f"la copia N° {numero} de {_de_que(caso)} {hecho}",
            f"una de las que faltan: {', '.join(map(str, en_uso))}"
            if en_uso
            else "ninguna queda por retirar",
            "revise el número en la lista de distribución",
        )
    if caso.pedido.fecha < copia.entrega:
        raise negar(
            caso,
            f"la copia N° {numero} se entregó el {imprimir_fecha(copia.entrega)}, después de esa fecha",
            f"una fecha desde el {imprimir_fecha(copia.entrega)}",
            "revise la fecha del retiro",
        )


def _copias(caso: Caso) -> tuple[d.Copia, ...]:
    return d.copias(caso.ficha) if caso.ficha else ()


def _de_que(caso: Caso) -> str:
    """La versión de que se trata, en palabras."""
    return en_palabras(caso.version) if caso.version else "el documento"


def nombrables(caso: Caso, dichas: Iterable[str]) -> None:
    """Cada palabra nombra a alguien: un cargo, un rol, una región del servicio o «todas»."""
    for palabra in dichas:
        if not d.resolver(caso.servicio, (palabra,)):
            raise negar(
                caso,
                f"«{palabra}» no nombra a ningún cargo",
                f"{', '.join((*caso.servicio.roles, *caso.servicio.cargos))}, un código de región o «todas»",
                "use un cargo, un rol o una región de la configuración",
            )


def _todavia_rige(caso: Caso) -> None:
    """De lo que dejó de regir solo se anota lo que ocurrió cuando regía."""
    v, fecha = caso.version, caso.pedido.fecha
    if v and v.hasta and fecha >= v.hasta:
        vigente = caso.situacion.vigente if caso.situacion else None
        raise negar(
            caso,
            f"{en_palabras(v)} dejó de regir el {imprimir_fecha(v.hasta)}",
            f"una fecha anterior al {imprimir_fecha(v.hasta)}",
            f"hágalo con {en_palabras(vigente)}, la que rige" if vigente else "revise la fecha y la versión",
        )


def _una_vez(caso: Caso, quien: tuple[str, str], ya: set[tuple[str, str]]) -> None:
    if quien in ya:
        nombre = caso.organizacion.nombre_cargo(quien[0])
        raise negar(
            caso,
            f"ya consta que {nombre} tomó conocimiento de {_de_que(caso)}",
            "que se anote una sola vez",
            "revise el cargo o la versión",
        )


def _en_su_dia(caso: Caso, toma: Mapping[str, Any]) -> None:
    """Nadie leyó una versión antes de que se emitiera, ni después del día en que se anota."""
    dia, v = date.fromisoformat(toma["fecha"]), caso.version
    desde = nace(v) if v else dia
    if not desde <= dia <= caso.pedido.fecha:
        raise negar(
            caso,
            f"{caso.organizacion.nombre_cargo(toma['cargo'])} habría tomado conocimiento el "
            f"{imprimir_fecha(dia)}",
            f"una fecha del {imprimir_fecha(desde)} al {imprimir_fecha(caso.pedido.fecha)}",
            "revise la fecha de esa firma en la hoja",
        )
    correo = toma.get("correo", "")
    if correo and caso.organizacion.investidura(correo, toma["cargo"], dia) is None:
        raise negar(
            caso,
            f"{correo} no ejercía el cargo «{caso.organizacion.nombre_cargo(toma['cargo'])}» el "
            f"{imprimir_fecha(dia)}",
            hacer="revise el cargo o el correo en la hoja",
        )


def _cargos(caso: Caso, cargos: Iterable[str]) -> None:
    for cargo in cargos:
        if cargo not in caso.servicio.cargos:
            raise negar(
                caso,
                f"el cargo «{cargo}» no existe",
                ", ".join(caso.servicio.cargos),
                "use un cargo de la configuración",
            )


def _numeros(caso: Caso, numeros: list[int]) -> None:
    """Los números de copia de un documento no se repiten nunca, ni los de copias retiradas."""
    usados = {c.numero for c in _copias(caso)}
    libre = d.numeros_libres(caso.ficha, 1)[0] if caso.ficha else 1
    for numero in numeros:
        if numero > d.NUMERO_MAXIMO:
            raise negar(
                caso,
                f"el número de copia {numero} es demasiado grande",
                f"uno hasta el {d.NUMERO_MAXIMO}",
                "deje que el sistema ponga el número",
            )
        if numero in usados:
            raise negar(
                caso,
                f"el número de copia {numero} ya se usó en este documento",
                f"el {libre}, u otro que no se haya usado",
                "deje que el sistema ponga el número",
            )
        usados.add(numero)


def _lista(valor: object) -> tuple[Any, ...]:
    return tuple(valor) if isinstance(valor, list | tuple) else (None,)


def _textos(valor: object) -> bool:
    return all(isinstance(v, str) for v in _lista(valor))


def _es_copia(valor: object) -> bool:
    return (
        isinstance(valor, Mapping)
        and set(valor) == {"numero", "cargo", "soporte", "region"}
        and type(valor["numero"]) is int
        and valor["numero"] > 0
        and isinstance(valor["cargo"], str)
        and valor["soporte"] in SOPORTES_COPIA
        and (valor["region"] == "" or valor["region"] in REGIONES)
    )


def _es_toma(valor: object) -> bool:
    try:
        return (
            isinstance(valor, Mapping)
            and {"cargo", "fecha"} <= set(valor) <= {"cargo", "fecha", "correo"}
            and _textos(tuple(valor.values()))
            and bool(date.fromisoformat(valor["fecha"]))
        )
    except ValueError:
        return False
