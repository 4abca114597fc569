"""Los documentos de origen externo: cuáles usa el servicio, quién los verifica y cuándo.

ISO 9001:2008 4.2.3 f); 2015 7.5.3.2. No tienen ficha: cada uno es lo que resulta de los movimientos
«externo» del sistema, en su orden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio.codigos import GRAMATICA
from sgc_gt.dominio.fechas import sumar_meses
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.rectificacion import RECTIFICADO, rectificada
from sgc_gt.errores import ActoNoPermitido, IntegridadRota

VIGENTE = "vigente"
REEMPLAZADO = "reemplazado"
DE_BAJA = "de_baja"

ESTADOS = {VIGENTE: "Vigente", REEMPLAZADO: "Reemplazado", DE_BAJA: "De baja"}


class Externo(NamedTuple):
    """Un documento externo. `verifica` es el cargo que comprueba si sigue siendo la edición que rige."""

    id: str
    titulo: str
    emisor: str
    version: str = ""  # número, fecha o edición
    vigencia_hasta: date | None = None
    ubicacion: str = ""
    verifica: str = ""
    verificar_cada_meses: int = 12  # 0: no se verifica periódicamente
    ultima_verificacion: date | None = None
    usado_por: tuple[str, ...] = ()  # códigos de los documentos que lo citan
    estado: str = VIGENTE
    reemplazado_por: str = ""
    decia: Mapping[str, str] = {}  # de un dato rectificado, lo que decía

    @property
    def proxima_verificacion(self) -> date | None:
        """Cuándo toca verificarlo; None si ya no se usa o no se verifica."""
        if self.estado != VIGENTE or self.ultima_verificacion is None or not self.verificar_cada_meses:
            return None
        return sumar_meses(self.ultima_verificacion, self.verificar_cada_meses)


NOMBRES = {
    "titulo": "el título",
    "emisor": "el emisor",
    "version": "la edición",
    "vigencia_hasta": "la vigencia",
    "ubicacion": "la ubicación",
    "verifica": "el cargo que verifica",
    "verificar_cada_meses": "la frecuencia",
    "usado_por": "los documentos que lo usan",
    "por": "el sustituto",
}
"""Cómo se llama cada dato en una oración."""

_DATOS = frozenset(Externo._fields) - {"id", "estado", "reemplazado_por", "ultima_verificacion", "decia"}
CAMPOS_EXTERNOS = {"edicion": "version"}
"""Los datos que al rectificarlos se nombran de otro modo: «versión» es la de un documento propio."""

_EXIGE_ALTA = ("titulo", "emisor", "verifica")
_ADMITE = {
    "alta": _DATOS,
    "verificar": _DATOS - {"version"},
    "reemplazar": _DATOS | {"por"},
    "baja": frozenset[str](),
}
"""Qué datos acepta cada acción, además de `accion` e `id`."""


def guardar_externo(actuales: Mapping[str, Externo], extra: Mapping[str, Any]) -> None:
    """Nada, si el movimiento es legal; ActoNoPermitido si no lo es, con lo que corresponde hacer."""
    accion, clave = str(extra.get("accion", "")), str(extra.get("id", ""))
    if accion not in _ADMITE:
        raise ActoNoPermitido(
            f"«{accion}» no es una acción sobre documentos externos",
            lugar="externo",
            esperado=", ".join(_ADMITE),
            hacer="elija una de ellas",
        )
    _guardar_datos(accion, clave, extra)
    if accion == "alta":
        _guardar_alta(actuales, clave, extra)
        return
    _exigir_vigente(actuales, clave, accion)
    if accion == "reemplazar":
        _guardar_reemplazo(actuales, clave, extra)


def afectados(extra: Mapping[str, Any]) -> tuple[str, ...]:
    """Los ids cuya fila cambia con el movimiento: en un reemplazo, también el sustituto."""
    return tuple(str(extra[campo]) for campo in ("id", "por") if extra.get(campo))


def externos_de(sistema: Ficha, corte: date | None = None) -> dict[str, Externo]:
    """Los documentos externos que resultan de la ficha del sistema hasta el corte, por su id.

    Lo rectificado se lee corregido, y cada uno sabe lo que decía.
    """
    actos = rectificada(sistema).actos
    return plegar(m for m in actos if corte is None or m.fecha <= corte)


def plegar(movimientos: Iterable[Movimiento]) -> dict[str, Externo]:
    """Los documentos externos que resultan de los movimientos, por su id.

    Los movimientos de otros actos se pasan por alto. IntegridadRota si uno no se entiende.
    """
    externos: dict[str, Externo] = {}
    for m in movimientos:
        if m.acto != "externo":
            continue
        try:
            _aplicar(externos, m.extra, m.fecha)
        except (KeyError, TypeError, ValueError) as error:
            raise IntegridadRota(
                f"el movimiento {m.n} sobre documentos externos no se entiende ({error})",
                lugar="movimientos del sistema",
                esperado=f"una acción ({', '.join(_ADMITE)}) sobre un documento externo conocido",
                hacer="recupere la ficha del sistema de la historia o de un respaldo",
            ) from None
    return externos


def _aplicar(externos: dict[str, Externo], extra: Mapping[str, Any], fecha: date) -> None:
    accion, clave = extra["accion"], extra["id"]
    datos = _datos(extra)
    decia = _lo_que_decia(extra)
    if accion == "alta":
        externos[clave] = Externo(**{"id": clave, "ultima_verificacion": fecha, **datos}, decia=decia)
        return
    actual = externos[clave]
    if accion == "verificar":
        externos[clave] = _con(actual, {**datos, "ultima_verificacion": fecha}, decia)
    elif accion == "baja":
        externos[clave] = actual._replace(estado=DE_BAJA)
    elif accion == "reemplazar":
        nuevo = extra["por"]
        externos[clave] = actual._replace(estado=REEMPLAZADO, reemplazado_por=nuevo)
        # El sustituto hereda lo que no se diga: título, emisor, quién verifica, documentos que lo citan.
        heredado = externos.get(nuevo) or actual._replace(version="", vigencia_hasta=None, ubicacion="")
        externos[nuevo] = _con(heredado, {"id": nuevo, "ultima_verificacion": fecha, **datos}, decia)
    else:
        raise ValueError(accion)


def _datos(extra: Mapping[str, Any]) -> dict[str, Any]:
    """Los campos de Externo que el movimiento trae, ya con su clase (en la ficha las fechas son texto)."""
    datos = {campo: valor for campo, valor in extra.items() if campo in _DATOS}
    if isinstance(datos.get("vigencia_hasta"), str):
        hasta = datos["vigencia_hasta"]
        datos["vigencia_hasta"] = date.fromisoformat(hasta) if hasta else None
    if "usado_por" in datos:
        datos["usado_por"] = tuple(datos["usado_por"])
    return datos


def _con(externo: Externo, datos: Mapping[str, Any], decia: Mapping[str, str]) -> Externo:
    """El externo con esos datos; de un dato dicho de nuevo ya no importa lo que decía el anterior."""
    sigue = {c: v for c, v in externo.decia.items() if c not in datos and getattr(externo, c)}
    return externo._replace(**datos, decia={**sigue, **decia})


def _lo_que_decia(extra: Mapping[str, Any]) -> dict[str, str]:
    """De cada dato del movimiento que se rectificó, lo que decía."""
    rectificados = {CAMPOS_EXTERNOS.get(c, c): v for c, v in extra.get(RECTIFICADO, {}).items()}
    return {campo: str(v) for campo, v in rectificados.items() if campo in _DATOS}


def _negar(clave: str, mensaje: str, esperado: str, hacer: str) -> ActoNoPermitido:
    return ActoNoPermitido(mensaje, lugar=clave or "externo", esperado=esperado, hacer=hacer)


def _guardar_datos(accion: str, clave: str, extra: Mapping[str, Any]) -> None:
    if not GRAMATICA.fullmatch(clave):
        raise _negar(
            clave,
            f"«{clave}» no sirve para identificar un documento externo",
            "mayúsculas sin tilde, dígitos y guiones, de 2 a 32 caracteres (p. ej. EX-01)",
            "elija otro id",
        )
    sobran = sorted(set(extra) - _ADMITE[accion] - {"accion", "id"})
    if sobran:
        raise _negar(
            clave,
            f"«{accion}» no admite {', '.join(NOMBRES.get(s, s) for s in sobran)}",
            ", ".join(NOMBRES[d] for d in sorted(_ADMITE[accion])) or "ningún otro dato",
            "un cambio de edición se anota con «reemplazar»" if "version" in sobran else "quite ese dato",
        )
    meses = extra.get("verificar_cada_meses", 0)
    if not isinstance(meses, int) or isinstance(meses, bool) or meses < 0:
        raise _negar(clave, f"«{meses}» no es una frecuencia", "meses, 0 o más", "corrija la frecuencia")
    citan = extra.get("usado_por", ())
    if not isinstance(citan, list | tuple) or not all(isinstance(codigo, str) for codigo in citan):
        raise _negar(
            clave,
            f"«{citan}» no es una lista de documentos",
            "los códigos de los documentos que lo usan",
            "corrija la lista",
        )
    try:
        _datos(extra)
    except ValueError:
        raise _negar(
            clave,
            f"«{extra.get('vigencia_hasta')}» no es una fecha",
            "AAAA-MM-DD",
            "corrija hasta cuándo rige",
        ) from None


def _guardar_alta(actuales: Mapping[str, Externo], clave: str, extra: Mapping[str, Any]) -> None:
    if clave in actuales:
        raise _negar(
            clave,
            f"el id {clave} ya está usado («{actuales[clave].titulo}»)",
            "un id que nunca se haya usado",
            "elija otro id, o anote la nueva edición con «reemplazar»",
        )
    faltan = [campo for campo in _EXIGE_ALTA if not str(extra.get(campo, "")).strip()]
    if faltan:
        raise _negar(
            clave,
            f"falta decir {', '.join(NOMBRES[campo] for campo in faltan)}",
            "título, emisor y el cargo que verifica",
            "repita el alta con lo que falta",
        )


def _exigir_vigente(actuales: Mapping[str, Externo], clave: str, accion: str) -> None:
    if clave not in actuales:
        raise _negar(
            clave,
            f"no hay un documento externo {clave}",
            ", ".join(sorted(c for c, e in actuales.items() if e.estado == VIGENTE)) or "ninguno todavía",
            "revise el id, o dé de alta el documento",
        )
    actual = actuales[clave]
    if actual.estado != VIGENTE:
        sigue = f" por {actual.reemplazado_por}" if actual.reemplazado_por else ""
        hacer = _HACER.get(accion, accion)
        raise _negar(
            clave,
            f"no se puede {hacer}: «{actual.titulo}» está en «{ESTADOS[actual.estado]}»{sigue}",
            f"un documento externo en «{ESTADOS[VIGENTE]}»",
            "use el documento que lo sustituye, o dé de alta otro",
        )


_HACER = {"alta": "dar de alta", "verificar": "verificar", "reemplazar": "reemplazar", "baja": "dar de baja"}


def _guardar_reemplazo(actuales: Mapping[str, Externo], clave: str, extra: Mapping[str, Any]) -> None:
    nuevo = str(extra.get("por", ""))
    if not GRAMATICA.fullmatch(nuevo) or nuevo == clave:
        raise _negar(
            clave,
            f"falta decir qué documento externo reemplaza a {clave}",
            "el id del sustituto, distinto del reemplazado",
            "indique el id del sustituto; si no existe, se crea con los datos que dé",
        )
    if nuevo in actuales:
        _exigir_vigente(actuales, nuevo, "reemplazar con él")
