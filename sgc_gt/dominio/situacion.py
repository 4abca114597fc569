"""La situación de un documento en una fecha: se calcula de sus movimientos y no se guarda en parte alguna."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.ficha import Ficha, Movimiento, Paso

CORRIGE, RETIRA = "corrige", "retira"
"""Con estas claves un movimiento dice qué registro corrige, y qué archivos deja de haber."""


class Version(NamedTuple):
    """Una versión de un código y hasta dónde llegó."""

    version: str
    estado: str
    abierta: date
    titulo: str
    circuito: str
    motivo: str = ""
    iteracion: int = 0  # cuántas veces se envió
    huella: str = ""
    sha256: str = ""
    archivo: str = ""
    autores: frozenset[str] = frozenset()  # correos de quienes escribieron el borrador
    ruta: tuple[Paso, ...] = ()
    paso: int = 0  # índice del paso que se espera
    firmas: tuple[Movimiento, ...] = ()  # los actos de la ruta cumplidos en este envío
    emision: Movimiento | None = None
    vigente_desde: date | None = None
    hasta: date | None = None  # primer día en que ya no rige
    causa: str = ""  # por qué dejó de regir o se descartó
    quemada: bool = False  # fue aprobada alguna vez: aunque se descarte, su número no se vuelve a usar
    regida: bool = False  # sus archivos ya están en el lugar de la vigente
    corregida: bool = False  # de un registro: otro posterior, o una nota, lo corrige

    @property
    def archivada(self) -> date:
        """De un registro, el día en que quedó archivado."""
        return self.vigente_desde or self.abierta

    @property
    def importada(self) -> bool:
        """Si se aprobó fuera del sistema y llegó ya vigente."""
        return self.emision is not None and self.emision.acto == "importar"

    @property
    def aprobacion(self) -> str:
        """«fuera_con_respaldo» o «fuera_sin_respaldo» si es importada; vacío si se aprobó aquí."""
        if self.emision is None or not self.importada:
            return ""
        return f"fuera_{self.emision.origen.removeprefix('registrado_')}"

    @property
    def espera(self) -> Paso | None:
        """El paso pendiente de la ruta, si está en ella."""
        return self.ruta[self.paso] if self.ruta and self.paso < len(self.ruta) else None

    def actuaron(self, acto: str) -> frozenset[str]:
        """Correos de quienes cumplieron ese acto en este envío."""
        return frozenset(m.correo for m in self.firmas if m.acto == acto)

    def firmas_del_paso(self) -> tuple[Movimiento, ...]:
        """Los actos ya cumplidos del paso pendiente, cuando pide a varias personas."""
        return self.firmas[sum(paso.cuantos for paso in self.ruta[: self.paso]) :]

    def en_este_paso(self) -> frozenset[str]:
        """Correos de quienes ya cumplieron el paso pendiente."""
        return frozenset(m.correo for m in self.firmas_del_paso())

    def cargos_por_actuar(self) -> tuple[str, ...]:
        """Los cargos que el paso pendiente nombra y por los que nadie ha actuado."""
        hechos = {m.cargo for m in self.firmas_del_paso()}
        return tuple(c for c in (self.espera.cargos if self.espera else ()) if c not in hechos)


class Situacion(NamedTuple):
    """Todas las versiones de un código, de la primera a la última, vistas en una fecha."""

    codigo: str
    clase: str
    versiones: tuple[Version, ...]
    ultima_revision: date | None  # emisión o «mantener» más reciente de la vigente
    ultimo: Movimiento | None  # el último que movió una versión: las constancias no cuentan

    def _una(self, *estados: str) -> Version | None:
        return next((v for v in reversed(self.versiones) if v.estado in estados), None)

    @property
    def vigente(self) -> Version | None:
        """La que rige, o la archivada si es un registro que se conserva."""
        return self._una(tabla.VIGENTE, *tabla.CONSERVADOS)

    @property
    def abierta(self) -> Version | None:
        """La versión en trabajo, de borrador a visada."""
        return self._una(*tabla.ABIERTOS)

    @property
    def por_regir(self) -> Version | None:
        """La emitida cuya fecha de vigencia no ha llegado."""
        return self._una(tabla.EMITIDO)

    def de(self, version: str) -> Version | None:
        """Esa versión, si existe."""
        return next((v for v in reversed(self.versiones) if v.version == version), None)

    def vivas(self) -> tuple[Version, ...]:
        """Las versiones que no son historia: vigente, por regir y en trabajo."""
        return tuple(v for v in self.versiones if v.estado not in tabla.HISTORIA)


def estado_en_ruta(ruta: tuple[Paso, ...], paso: int) -> str:
    """El estado de un borrador enviado cuya ruta espera el paso `paso`."""
    acto = ruta[paso].acto
    if acto in tabla.ESPERA:
        return tabla.ESPERA[acto]
    return tabla.VISADO if any(p.acto == "visar" for p in ruta[:paso]) else tabla.APROBADO


def ocurre(m: Movimiento) -> date:
    """Desde qué día el movimiento cuenta: el suyo, salvo lo importado, que ya regía desde antes."""
    return m.vigente_desde if m.acto == "importar" and m.vigente_desde else m.fecha


def situacion(ficha: Ficha, fecha: date | None = None) -> Situacion:
    """La situación que resulta de los movimientos con fecha hasta `fecha` (todos, si es None).

    Lo emitido rige desde su fecha de vigencia aunque el movimiento `regir` aún no se haya anotado. De lo
    importado cuenta su vigencia original y no el día en que se anotó: también se sabe qué regía antes. Las
    constancias no mueven versión alguna, y aquí no cuentan.
    """
    versiones: list[Version] = []
    revisada: date | None = None
    ultimo: Movimiento | None = None
    identidad: dict[str, object] = {}
    for m in ficha.actos:
        if m.acto in tabla.CONSTANCIAS:
            continue
        if fecha is not None and ocurre(m) > fecha:
            break
        identidad.update(m.identidad)
        if m.acto in tabla.VIDA:
            indice = _indice(versiones, m.version)
            versiones[indice] = _vivir(versiones[indice], m)
        elif m.acto not in tabla.DEL_DOCUMENTO:
            _aplicar(versiones, m, str(identidad.get("titulo", "")), ficha.clase)
        elif m.ruta:  # el borrador enviado sigue su ruta, con el cargo nuevo en lo que falta
            versiones[-1] = versiones[-1]._replace(ruta=m.ruta)
        ultimo = m
        if m.acto == "mantener":
            revisada = m.fecha
    corte = fecha if fecha is not None else date.max
    vistas = tuple(_por_fecha(versiones, corte))
    vigente = next((v for v in reversed(vistas) if v.estado == tabla.VIGENTE), None)
    if vigente and vigente.vigente_desde and (revisada is None or revisada < vigente.vigente_desde):
        revisada = vigente.vigente_desde
    return Situacion(ficha.codigo, ficha.clase, vistas, revisada, ultimo)


def sin_efecto(ficha: Ficha) -> dict[int, int]:
    """Las revisiones, aprobaciones y visaciones que ya no valen → el movimiento que las dejó sin efecto.

    Siguen en la historia; quien la muestra dice que no valen (se retiró, se devolvió o se reabrió el envío).
    """
    anuladas: dict[int, int] = {}
    firmes: dict[str, list[int]] = {}
    for m in ficha.actos:
        if m.acto in tabla.DECISIONES:
            firmes.setdefault(m.version, []).append(m.n)
        elif m.acto in tabla.DEJAN_LA_RUTA:
            anuladas.update(dict.fromkeys(firmes.pop(m.version, ()), m.n))
    return anuladas


def _aplicar(versiones: list[Version], m: Movimiento, titulo: str, clase: str) -> None:
    """Agrega a la lista lo que el movimiento hizo. Supone una ficha legal: la legalidad es del reglamento."""
    if m.acto in tabla.ABREN_VERSION:
        versiones.append(_nueva(m, titulo, clase))
        return
    indice = _indice(versiones, m.version)
    v = versiones[indice]
    if m.acto in ("generar", "entregar"):
        v = v._replace(huella=m.huella, sha256=m.sha256, archivo=m.archivo, autores=v.autores | {m.correo})
    elif m.acto == "enviar":
        v = v._replace(
            estado=estado_en_ruta(m.ruta, 0),
            iteracion=v.iteracion + 1,
            ruta=m.ruta,
            paso=0,
            firmas=(),
            huella=m.huella,
            sha256=m.sha256,
            archivo=m.archivo or v.archivo,
            autores=v.autores | {m.correo},
        )
    elif m.acto in ("retirar", "devolver", "reabrir"):
        v = v._replace(estado=tabla.BORRADOR, ruta=(), paso=0, firmas=())
    elif m.acto in ("revisar", "aprobar", "remitir", "visar"):
        v = _avanzar(v, m)
    elif m.acto in ("emitir", "resolver"):
        v = _emitir(v, m, titulo, clase)
    elif m.acto == "regir":
        v = v._replace(regida=True)
    elif m.acto == "dejar-sin-efecto":
        v = v._replace(hasta=m.fecha, causa=m.motivo)
    elif m.acto == "descartar":
        v = v._replace(estado=tabla.DESCARTADO, causa=m.motivo, ruta=(), paso=0, firmas=())
    versiones[indice] = v._replace(titulo=titulo)


def _vivir(v: Version, m: Movimiento) -> Version:
    """La versión después de un acto sobre el registro archivado (dominio §2.7)."""
    quieta = tabla.CORREGIDO if v.corregida else tabla.ARCHIVADO
    if m.acto == "corregir":
        if CORRIGE in m.extra:  # es el que corrige a otro: a él no le pasa nada
            return v
        return v._replace(corregida=True, estado=tabla.CORREGIDO if v.estado == quieta else v.estado)
    if m.acto == "sustraer":  # otro de sus archivos, o el respaldo de un documento, no cambia su estado
        return v._replace(estado=tabla.SUSTRAIDO) if es_el_suyo(v, m) else v
    hasta = tabla.ACTOS[m.acto].hasta
    return v._replace(estado=quieta if hasta == tabla.ARCHIVADO else hasta)


def es_el_suyo(v: Version, m: Movimiento) -> bool:
    """Si lo que el movimiento sustrae es el archivo mismo del registro, y no uno que lo respalda."""
    return v.emision is None and bool(v.archivo) and v.archivo in m.extra.get(RETIRA, ())


def _nueva(m: Movimiento, titulo: str, clase: str) -> Version:
    nueva = Version(
        version=m.version,
        estado=tabla.ARCHIVADO if m.acto == "registrar" else tabla.BORRADOR,
        abierta=ocurre(m),
        titulo=titulo,
        circuito=m.circuito,
        motivo=m.motivo,
        huella=m.huella,
        sha256=m.sha256,
        archivo=m.archivo,
    )
    if m.acto == "solicitar":
        estado = estado_en_ruta(m.ruta, 0)
        return nueva._replace(estado=estado, iteracion=1, ruta=m.ruta, autores=frozenset({m.correo}))
    return _emitir(nueva, m, titulo, clase) if m.acto == "importar" else nueva


def _indice(versiones: list[Version], version: str) -> int:
    return next(i for i in range(len(versiones) - 1, -1, -1) if versiones[i].version == version)


def _avanzar(v: Version, m: Movimiento) -> Version:
    """Suma una firma; el paso se cumple cuando actuaron todas las personas que pide."""
    v = v._replace(firmas=(*v.firmas, m))
    if len(v.en_este_paso()) < v.ruta[v.paso].cuantos:
        return v
    estado = estado_en_ruta(v.ruta, v.paso + 1)
    return v._replace(paso=v.paso + 1, estado=estado, quemada=v.quemada or estado in tabla.QUEMAN_NUMERO)


def _emitir(v: Version, m: Movimiento, titulo: str, clase: str) -> Version:
    desde = m.vigente_desde or m.fecha
    return v._replace(
        estado=tabla.ARCHIVADO if clase == "registro" else tabla.EMITIDO,
        firmas=(*v.firmas, m),
        paso=len(v.ruta),
        emision=m,
        vigente_desde=desde,
        titulo=titulo,
        archivo=m.archivo or v.archivo,
        sha256=m.sha256 or v.sha256,
        huella=m.huella or v.huella,
        regida=desde <= m.fecha,
    )


def _por_fecha(versiones: Iterable[Version], corte: date) -> Iterable[Version]:
    """Resuelve por fecha cuál de las emitidas rige: la última cuya vigencia llegó."""
    lista = list(versiones)
    emitidas = [i for i, v in enumerate(lista) if v.estado == tabla.EMITIDO]
    rigen = [i for i in emitidas if (lista[i].vigente_desde or corte) <= corte]
    for previa, siguiente in pairwise(rigen):
        desde = lista[siguiente].vigente_desde
        lista[previa] = lista[previa]._replace(
            estado=tabla.OBSOLETO,
            hasta=lista[previa].hasta or desde,
            causa=lista[previa].causa or f"reemplazada por la versión {lista[siguiente].version}",
        )
    if rigen:
        ultima = lista[rigen[-1]]
        fin = ultima.hasta is not None and ultima.hasta <= corte
        lista[rigen[-1]] = ultima._replace(estado=tabla.OBSOLETO if fin else tabla.VIGENTE)
    return lista
