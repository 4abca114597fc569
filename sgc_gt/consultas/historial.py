"""`historial`: cada movimiento: quién, en qué calidad, quién lo anotó, con qué respaldo y cuándo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.dominio.ficha import Ficha, Movimiento, movimiento_a_dict
from sgc_gt.dominio.ficha_sistema import CODIGO
from sgc_gt.dominio.impresion import codigo_corto
from sgc_gt.dominio.mensaje import leer_mensaje
from sgc_gt.dominio.observaciones import SEGUIMIENTO, observaciones
from sgc_gt.dominio.organizacion import SISTEMA as POR_FECHA
from sgc_gt.dominio.parecidos import esperados
from sgc_gt.dominio.rectificacion import RECTIFICADO, con_respuestas, rectificaciones
from sgc_gt.dominio.rutas import CONFIGURACION, SISTEMA, ruta_ficha
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import sin_efecto
from sgc_gt.dominio.textos import comparable
from sgc_gt.errores import NoEncontrado

POCAS = 8
"""Hasta tantas fichas, la historia de cada una por separado; con más, es más rápido leerla entera."""


class Filtro(NamedTuple):
    """Qué movimientos se piden; lo vacío no filtra."""

    codigos: tuple[str, ...] = ()
    """Documentos, instancias de registro, series (todas sus instancias) o `SISTEMA`."""
    persona: str = ""
    """Correo: lo que hizo y lo que anotó por otro."""
    cargo: str = ""
    desde: date | None = None
    hasta: date | None = None
    por_registro: bool = False
    """El período se cuenta por el día en que se anotó, y no por la fecha del movimiento."""
    acto: str = ""
    sabido_al: date | None = None
    """Para decirlo: quien pregunta por lo que se sabía trae ya la vista de ese día (`sabido.vista_al`)."""

    def admite(self, fila: dict[str, Any]) -> bool:
        """Si la fila es de las pedidas (los códigos se miran al leer)."""
        dia = fila["registrado"][:10] if self.por_registro else fila["fecha"]
        return (
            (not self.persona or self.persona in (fila["correo"], fila["registra"]))
            and (not self.cargo or self.cargo == fila["cargo"])
            and (not self.acto or self.acto == fila["acto"])
            and (self.desde is None or dia >= self.desde.isoformat())
            and (self.hasta is None or dia <= self.hasta.isoformat())
        )


def historial(vista: Vista, codigo: str = "") -> list[dict[str, Any]]:
    """Los movimientos de un código (`SISTEMA`: los del sistema), o todos, del más antiguo al más reciente."""
    return filtrado(vista, Filtro((codigo,) if codigo else ()))


def filtrado(vista: Vista, filtro: Filtro) -> list[dict[str, Any]]:
    """Los movimientos pedidos, del más antiguo al más reciente; los de un solo código, por su número.

    NoEncontrado si un código, la persona o el cargo no existen; sin coincidencias, lista vacía.
    """
    filtro = filtro._replace(persona=filtro.persona.lower(), cargo=_cargo(vista, filtro.cargo))
    fichas = _fichas(vista, filtro.codigos)
    filas = [fila for ficha in fichas for fila in _filas(vista, ficha) if filtro.admite(fila)]
    if not filas:
        _exigir_conocidos(vista, filtro)
    _identificar(vista, fichas, filas)
    _comprobar_firmas(vista, fichas, filas)
    return filas if len(fichas) == 1 else sorted(filas, key=_orden)


def _orden(fila: dict[str, Any]) -> tuple[datetime, str, int]:
    """Del más antiguo al más reciente, según cuándo se anotó."""
    return datetime.fromisoformat(fila["registrado"]), fila["codigo"], fila["n"]


# ---- qué fichas -------------------------------------------------------------------------------------------


def _fichas(vista: Vista, codigos: Sequence[str]) -> list[Ficha]:
    """Las fichas de esos códigos, sin repetir; sin códigos, todas, la del sistema primero."""
    if not codigos:
        return [vista.sistema, *vista.fichas()]
    halladas = {f.codigo: f for codigo in codigos for f in _de_codigo(vista, codigo)}
    return list(halladas.values())


def _de_codigo(vista: Vista, codigo: str) -> list[Ficha]:
    """La ficha de un código o, si es una serie, las de sus instancias; NoEncontrado si no es nada."""
    if codigo == CODIGO:
        return [vista.sistema]
    propia = vista.buscar(codigo)
    es_serie = codigo in vista.servicio.series
    if propia and not es_serie:
        return [propia]
    instancias = [] if "/" in codigo else vista.instancias(codigo)
    if not (propia or instancias or es_serie):
        return [vista.ficha(codigo)]  # no existe: lo dice, con los parecidos
    return [*([propia] if propia else []), *instancias]


# ---- de quién ---------------------------------------------------------------------------------------------


def _cargo(vista: Vista, dicho: str) -> str:
    """La clave del cargo dicho por su clave o por su nombre; lo que no es ninguno, como vino."""
    cargos = vista.organizacion.cargos if dicho else {}
    por_nombre = {comparable(c.nombre): c.id for c in cargos.values()}
    return dicho if dicho in cargos else por_nombre.get(comparable(dicho), dicho)


def _exigir_conocidos(vista: Vista, filtro: Filtro) -> None:
    """NoEncontrado si nada coincide porque la persona o el cargo no existen."""
    org = vista.organizacion
    if filtro.persona and not org.conoce(filtro.persona):
        correos = list(dict.fromkeys(p.correo for p in org.personas))
        raise _desconocido(f"nadie con el correo {filtro.persona} ha actuado", filtro.persona, correos)
    if filtro.cargo and filtro.cargo not in (*org.cargos, POR_FECHA):
        raise _desconocido(f"el cargo «{filtro.cargo}» no existe", filtro.cargo, list(org.cargos))


def _desconocido(mensaje: str, dicho: str, conocidos: list[str]) -> NoEncontrado:
    return NoEncontrado(
        mensaje, esperado=esperados(dicho, conocidos), hacer="corrija el filtro, o quítelo para verlo todo"
    )


# ---- las filas --------------------------------------------------------------------------------------------


def _identificar(vista: Vista, fichas: Sequence[Ficha], filas: Sequence[dict[str, Any]]) -> None:
    """Pone en cada fila su identificador en la historia; se lee solo la de los códigos que salieron."""
    pedidos = {f["codigo"] for f in filas}
    de_ellos = [f for f in fichas if f.codigo in pedidos]
    claves = {f.codigo: f.clave for f in de_ellos}
    donde = identificadores(vista, de_ellos if len(de_ellos) <= POCAS else None)
    for fila in filas:
        fila["commit"] = donde.get((claves[fila["codigo"]], fila["n"]), "")


def _comprobar_firmas(vista: Vista, fichas: Sequence[Ficha], filas: Sequence[dict[str, Any]]) -> None:
    """Pone en cada fila que dice ir firmada si la firma vale; las demás no cuestan nada."""
    firmadas = [f for f in filas if f["firma"]]
    actos = {f.codigo: f.actos for f in fichas} if firmadas else {}
    recordadas: dict[str, Servicio] = {}
    for fila in firmadas:
        movimiento = actos[fila["codigo"]][fila["n"] - 1]
        fila["firma_comprobada"] = _comprobada(vista, fila["commit"], movimiento, recordadas)


def _comprobada(vista: Vista, oid: str, m: Movimiento, recordadas: dict[str, Servicio]) -> str:
    """«firmado», o por qué no vale, con las claves de la configuración anterior al movimiento.

    `recordadas`: configuraciones por su archivo; las personas, sus claves y la zona salen solo de él.
    """
    from sgc_gt.consultas.firmas import NO_VALE, Firma, firma_de  # noqa: PLC0415  (solo si hay firmas)

    if not oid:  # la ficha se escribió por fuera: ningún movimiento de la historia la respalda
        return Firma(NO_VALE, razon="ningún movimiento de la historia la trae").etiqueta
    commit = vista.repo.commit(oid)
    anterior = Vista(vista.repo, commit.padre or oid)
    escrita = anterior.oids([CONFIGURACION]).get(CONFIGURACION, "")
    if escrita not in recordadas:
        recordadas[escrita] = anterior.servicio
    return firma_de(commit, m, recordadas[escrita]).etiqueta


def identificadores(vista: Vista, fichas: Sequence[Ficha] | None = None) -> dict[tuple[str, int], str]:
    """Código y número → identificador, según lo que indexa cada mensaje; sin fichas, de todo."""
    rutas: list[str | None] = [None]
    if fichas is not None:
        rutas = [SISTEMA if f.codigo == CODIGO else ruta_ficha(f) for f in fichas]
    resultado = {}
    for commit in (c for ruta in rutas for c in vista.repo.bitacora(ruta)):
        indice = leer_mensaje(commit.mensaje, commit.oid[:12])
        for codigo, n in zip(indice.documentos, indice.numeros, strict=True):
            resultado[codigo, n] = commit.oid
    return resultado


def _filas(vista: Vista, ficha: Ficha) -> Iterator[dict[str, Any]]:
    anulados = sin_efecto(ficha) if ficha.clase != "sistema" else {}
    rectificados = rectificaciones(ficha)
    ficha = con_respuestas(ficha)
    seguidas = _seguidas(ficha)
    org = vista.organizacion
    for m in ficha.actos:
        yield {
            **_fila(ficha, m, anulados.get(m.n)),
            "seguimiento": seguidas.get(m.n, []),
            "rectificado": [r.a_dict() for r in rectificados.get(m.n, ())],
            "codigo_verificacion": codigo_corto(m.huella),
            "archivo": m.archivo,
            "nombre_cargo": "" if m.cargo == POR_FECHA else org.nombre_cargo(m.cargo),
        }


def _seguidas(ficha: Ficha) -> dict[int, list[dict[str, str]]]:
    """Número de movimiento → en qué está hoy cada observación que hizo."""
    con_marca = [m for m in ficha.actos if m.extra.get(SEGUIMIENTO)]
    resultado: dict[int, list[dict[str, str]]] = {}
    for version in dict.fromkeys(m.version for m in con_marca):
        for o in observaciones(ficha, version):
            fila = {"id": o.id, "estado": o.estado, "respuesta": o.respuesta}
            resultado.setdefault(int(o.id.partition(".")[0]), []).append(fila)
    return resultado


def _fila(ficha: Ficha, m: Movimiento, anula: int | None) -> dict[str, Any]:
    registrado = datetime.fromisoformat(m.registrado)
    fila = movimiento_a_dict(m) if m.evidencia or m.observaciones else {}  # casi nunca: son miles
    return {
        "codigo": ficha.codigo,
        "n": m.n,
        "acto": m.acto,
        "version": m.version,
        "cargo": m.cargo,
        "correo": m.correo,
        "calidad": m.calidad,
        "base_calidad": m.base_calidad,
        "registra": m.registra,
        "origen": m.origen,
        "fecha": m.fecha.isoformat(),
        "registrado": m.registrado,
        "atraso_dias": (registrado.date() - m.fecha).days,
        "commit": "",  # se sabe al mirar la historia
        "huella": m.huella,
        "sha256": m.sha256,
        "firma": m.firma,
        "firma_comprobada": "",  # se sabe al mirar la historia, y solo si dice ir firmado
        "evidencia": fila.get("evidencia", []),
        "observaciones": fila.get("observaciones", []),
        "motivo": m.motivo,
        "vigente_desde": m.vigente_desde.isoformat() if m.vigente_desde else None,
        "sin_efecto": anula,  # el movimiento que dejó sin efecto a este, si lo hubo
        "extra": {clave: v for clave, v in m.extra.items() if clave != RECTIFICADO},
        "identidad": dict(m.identidad),
    }
